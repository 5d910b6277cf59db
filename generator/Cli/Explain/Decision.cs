using System.Collections.Immutable;
using VmRecovery.Host.Policy;
using VmRecovery.Model;
using VmRecovery.Model.Causes;
using VmRecovery.Model.Menu;
using VmRecovery.Model.Profiles;

namespace VmRecovery.Cli.Explain;

/// <summary>One failure as a caller describes it.</summary>
/// <param name="Command">The command line; empty when unknown.</param>
/// <param name="ExitCode">Its status; null when unknown.</param>
/// <param name="Log">What it said, one character a byte.</param>
/// <param name="Attempt">Which attempt failed, from 1.</param>
/// <param name="Script">The script's NSAPP, or its file name; null when unknown.</param>
internal sealed record Question(string Command, int? ExitCode, string Log, int Attempt = 1, string? Script = null);

/// <summary>What the policy decides for one failure: its class, why, the menu, and what a retry would do first.</summary>
internal sealed record Decision(
    ErrorClass Class,
    Reason Reason,
    ImmutableArray<Evidence> Evidence,
    ImmutableArray<OptionChoice> Options)
{
    /// <summary>How often a creation may run again unless <c>VM_RECOVERY_MAX_RETRIES</c> says otherwise.</summary>
    public const int DefaultMaxRetries = 2;

    /// <summary>What <c>explain</c> takes an unknown status for: a plain failure that proves nothing.</summary>
    private const int UnknownStatus = 1;

    /// <summary>Asks the policy.</summary>
    public static Decision For(Question question)
    {
        var failure = new Failure(question.Command, question.ExitCode ?? UnknownStatus, new LogText(question.Log));
        var @class = Classifier.Classify(failure);
        var profile = Profile(question.Script);
        var situation = new Situation(
            failure,
            @class,
            RetriesUsed: question.Attempt - 1,
            MaxRetries: DefaultMaxRetries,
            KeysSent: question.Command.StartsWith("qm sendkey", StringComparison.Ordinal),
            FirstBoot: profile?.FirstBoot ?? false);
        return new Decision(@class, Vocabulary.ReasonFor(failure, @class), EvidenceFor(@class, failure), OptionsOf(situation));
    }

    private static ImmutableArray<OptionChoice> OptionsOf(Situation situation) =>
    [
        .. RecoveryMenu.For(situation)
            .Select(item => new OptionChoice(Vocabulary.Id(item.Option), Vocabulary.Words(item.Option))),
    ];

    /// <summary>Asks the winning detector again, this time noting which question was answered with yes last.</summary>
    private static ImmutableArray<Evidence> EvidenceFor(ErrorClass @class, Failure failure)
    {
        var witness = new List<Evidence>();
        var detector = Classifier.Detectors.FirstOrDefault(detector => detector.Class == @class);
        detector?.Claims(failure with { Log = new LogText(failure.Log.ToString(), witness) });
        return [.. witness.Distinct().TakeLast(1)];
    }

    /// <summary>Scripts that the policy has a profile for.</summary>
    public static string KnownScripts => string.Join(", ", VmRecovery.Model.Profiles.Scripts.All.Select(profile => profile.Script));

    /// <summary>Whether the policy has a profile for a script.</summary>
    public static bool Knows(string script) => Profile(script) is not null;

    private static ScriptProfile? Profile(string? script)
    {
        var name = Path.GetFileNameWithoutExtension(script);
        return Model.Profiles.Scripts.All.FirstOrDefault(profile => profile.Script == name);
    }
}

/// <summary>One line of the menu.</summary>
internal sealed record OptionChoice(string Id, string Words);
