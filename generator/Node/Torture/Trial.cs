using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Node.Torture;

/// <summary>The script, its undisturbed run, and the node before any run: what trials are measured by.</summary>
internal sealed partial class Baseline(string script, NodeSnapshot before, ExecutionResult run)
{
    public NodeSnapshot Before { get; } = before;

    /// <summary>The undisturbed run.</summary>
    public ExecutionResult Run { get; } = run;

    public Leftovers Leftovers { get; } = new(run);

    /// <summary>The codes with which the script itself exits.</summary>
    public IReadOnlySet<int> OwnExits { get; } =
        ExitStatement().Matches(script).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToHashSet();

    /// <summary>Number of the first step that types into the guest; nothing can be repeated from there.</summary>
    public int FirstKey { get; } =
        run.Steps.FirstOrDefault(s => s.CommandLine.StartsWith("qm sendkey", StringComparison.Ordinal))?.Number ?? int.MaxValue;

    /// <summary>True when a run built the same VM.</summary>
    public bool Equals(ExecutionResult other) => !NodeDiff.Differences(Run.Node, other.Node, withContent: true).Any();

    [GeneratedRegex(@"\bexit ([1-9][0-9]{0,2})\b")]
    private static partial Regex ExitStatement();
}

/// <summary>A scenario and the runs that were made of it.</summary>
internal sealed record Trial(Scenario Scenario, IReadOnlyList<ExecutionResult> Runs, Baseline Baseline)
{
    public ExecutionResult First => Runs[0];

    public ExecutionResult Last => Runs[^1];

    /// <summary>What the end has to be.</summary>
    public ExpectedEnd Expected { get; init; }

    /// <summary>Whether the script can do without the disturbed step, and its user was told so.</summary>
    public bool IsPassedOver => IsPassedOverAt(Scenario.Step.CommandLine);

    /// <summary>Whether the script can do without a command, and its user was told so.</summary>
    public bool IsPassedOverAt(string commandLine) => Last.ExitCode == 0
        && Last.Output.Contains("although this failed: " + string.Join(' ', commandLine.Split(' ').Take(2)), StringComparison.Ordinal);
}
