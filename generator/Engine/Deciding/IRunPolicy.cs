using System.Collections.Immutable;
using VmRecovery.Host.Policy;
using VmRecovery.Model;
using VmRecovery.Model.Menu;

namespace VmRecovery.Engine.Deciding;

/// <summary>A failure as the policy is asked about it.</summary>
/// <param name="Command">What failed.</param>
/// <param name="Status">With what status.</param>
/// <param name="Log">The end of the attempt's log.</param>
/// <param name="RetriesUsed">How often the command ran again already.</param>
/// <param name="MaxRetries">How often it may.</param>
/// <param name="KeysSent">Whether it typed into a guest.</param>
/// <param name="FirstBoot">Whether it can fall back to the guest's first boot.</param>
internal sealed record FailureReport(
    string Command, int Status, string Log, int RetriesUsed, int MaxRetries, bool KeysSent, bool FirstBoot);

/// <summary>What the policy says of a failure.</summary>
/// <param name="Class">The id of its class.</param>
/// <param name="Words">What went wrong, for the user.</param>
/// <param name="Advice">What to do about it.</param>
/// <param name="Cause">The id of its cause; empty when only the class is known.</param>
/// <param name="Options">The menu.</param>
internal sealed record RunDecision(string Class, string Words, string Advice, string Cause, ImmutableArray<MenuEntry> Options);

/// <summary>The policy that a run asks.</summary>
internal interface IRunPolicy
{
    /// <summary>The ids of all options.</summary>
    ImmutableArray<string> OptionIds { get; }

    /// <summary>Decides about a failure.</summary>
    RunDecision Decide(FailureReport failure);
}

/// <summary>The policy that this tool was built with.</summary>
internal sealed class OwnPolicy : IRunPolicy
{
    /// <inheritdoc/>
    public ImmutableArray<string> OptionIds => [.. Enum.GetValues<MenuOption>().Select(Vocabulary.Id)];

    /// <inheritdoc/>
    public RunDecision Decide(FailureReport failure)
    {
        var what = new Failure(failure.Command, failure.Status, new LogText(failure.Log));
        var @class = Classifier.Classify(what);
        var situation = new Situation(what, @class, failure.RetriesUsed, failure.MaxRetries, failure.KeysSent, failure.FirstBoot)
        {
            // It shows no log.
            Facts = Facts.Assumed with { AtTerminal = false },
        };
        var reason = Vocabulary.ReasonFor(what, @class);
        return new RunDecision(
            Vocabulary.Id(@class),
            reason.Words,
            reason.Advice,
            reason.Cause,
            [.. RecoveryMenu.For(situation).Select(i => new MenuEntry(Vocabulary.Id(i.Option), Vocabulary.Words(i.Option)))]);
    }
}
