using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Recovery;

/// <summary>What a <see cref="RecoveryRun"/> left, in the words of the tests.</summary>
internal sealed partial class RecoveryOutcome(ExecutionResult result)
{
    public int ExitCode => result.ExitCode;

    public string Output => result.Output;

    public NodeSnapshot Node => result.Node;

    /// <summary>The options of each menu, in order.</summary>
    public IReadOnlyList<ISet<string>> Menus { get; } =
        [.. result.Dialogs.Where(d => d.Kind == "menu" && IsRecovery(d)).Select(d => d.Tags.ToHashSet(StringComparer.Ordinal))];

    /// <summary>The recovery's own dialogs.</summary>
    public IReadOnlyList<Dialog> RecoveryDialogs { get; } = [.. result.Dialogs.Where(IsRecovery)];

    /// <summary>Titles of the dialogs that the script itself showed.</summary>
    public IReadOnlyList<string> ScriptDialogs { get; } = [.. result.Dialogs.Where(d => !IsRecovery(d)).Select(d => d.Title)];

    /// <summary>How each execution ended for telemetry: <c>success</c>, <c>failed</c> or <c>aborted</c>.</summary>
    public IReadOnlyList<string> Verdicts { get; } = [.. result.Telemetry.Where(t => t.IsTerminal).Select(t => t.Status)];

    /// <summary>Program and verb of each call that reached the node.</summary>
    public IReadOnlyList<string> NodeCommands { get; } = [.. result.Calls.Select(c => string.Join(' ', c.Words.Take(2)))];

    /// <summary>Bytes of images that were fetched.</summary>
    public long ImageBytes { get; } = result.Fetches.Where(f => f.Method == "GET" && ImageUrl().IsMatch(f.Url)).Sum(f => f.Bytes);

    /// <summary>Paths of the files that are still there, sorted.</summary>
    public IReadOnlyList<string> LeftFiles { get; } = [.. result.Files.Where(f => f.Kind != 'd').Select(f => f.Path).Order(StringComparer.Ordinal)];

    /// <summary>How many processes were started, where that was counted.</summary>
    public int Processes { get; } = result.Texts.TryGetValue(RecoveryRun.TraceFile, out var trace) ? StartedProcess().Count(trace) : 0;

    /// <summary>How many calls of Proxmox's commands or of virt-customize match.</summary>
    public int Count(string pattern) => result.Calls.Concat(result.ExternalCalls).Count(c => Regex.IsMatch(c.CommandLine, pattern));

    /// <summary>A VM's configuration, without what differs from run to run.</summary>
    public string Configuration(int id) => Node.Machine(id) is { } machine
        ? string.Join('\n', machine.Config.Select(c => $"{c.Key}: {Identity().Replace(c.Value, "*")}"))
        : "no VM";

    /// <summary>Everything, for the message of a failed assertion.</summary>
    public override string ToString() => $"""
        exit {ExitCode}, telemetry {string.Join(' ', Verdicts)}
        calls:
        {string.Join('\n', result.Calls.Concat(result.ExternalCalls).Select(c => $"  {c.ExitCode} {c.CommandLine}"))}
        dialogs: {string.Join(", ", result.Dialogs.Select(d => $"{d.Title} [{string.Join(' ', d.Tags)}] -> {d.Answer}"))}
        files: {string.Join(' ', LeftFiles)}
        {Output}
        """;

    private static bool IsRecovery(Dialog dialog) => dialog.Title.Contains(RecoveryRun.MenuTitle, StringComparison.Ordinal);

    [GeneratedRegex("ctime=[0-9]+|[0-9A-F]{2}(:[0-9A-F]{2}){5}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex Identity();

    [GeneratedRegex(@"\.(qcow2|img|xz|gz|iso)$")]
    private static partial Regex ImageUrl();

    [GeneratedRegex(@"= [1-9]\d*$", RegexOptions.Multiline)]
    private static partial Regex StartedProcess();
}
