using System.Collections.Immutable;

namespace VmRecovery.Model.Flow;

/// <summary>What <c>VM_RECOVERY</c> says: <c>ask</c>, or one option for each failure in order.</summary>
/// <param name="Ids">The ids of the options; empty for <c>ask</c>.</param>
internal sealed record Answers(ImmutableArray<string> Ids)
{
    /// <summary>The value that switches recovery off.</summary>
    internal const string Off = "off";

    private const string Ask = "ask";
    private const string Keep = "keep";

    /// <summary>Options that remove what somebody else made: only a person can say yes to them.</summary>
    private static readonly ImmutableArray<string> NeedAPerson = ["destroy-existing", "free-volume"];

    /// <summary>Whether a person is to be asked, if there is one.</summary>
    internal bool Asks => Ids.IsEmpty;

    /// <summary>Whether a signal leaves everything as it is.</summary>
    internal bool KeepsOnSignal => Ids is [Keep];

    /// <summary>Reads the value. The first word that is no option is the complaint.</summary>
    /// <param name="value">The value; empty counts as <c>ask</c>.</param>
    /// <param name="known">The ids of all options.</param>
    internal static (Answers? Answers, string? Complaint) Parse(string value, ImmutableArray<string> known)
    {
        if (value is "" or Ask)
            return (new Answers([]), null);
        ImmutableArray<string> ids = [.. value.Split(',')];
        foreach (var id in ids)
            if (!known.Contains(id))
                return (null, id);
        return (new Answers(ids), null);
    }

    /// <summary>The id that decides a failure: keep where the list has ended, or where the menu would not offer the id.</summary>
    /// <param name="failure">Which failure it is, from 0.</param>
    /// <param name="offered">The ids that the menu offers.</param>
    internal string For(int failure, ImmutableArray<string> offered)
    {
        var id = failure < Ids.Length ? Ids[failure] : Keep;
        return offered.Contains(id) && !NeedAPerson.Contains(id) ? id : Keep;
    }
}
