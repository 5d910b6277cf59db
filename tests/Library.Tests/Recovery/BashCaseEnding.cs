using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Recovery;

/// <summary>What a case came to: the script's status, what it printed, what it called, and what it left on the node.</summary>
internal sealed class BashCaseEnding
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _parts = new(StringComparer.Ordinal);

    private BashCaseEnding(string output)
    {
        var fields = output.Split('\0');
        for (var i = 0; i + 1 < fields.Length; i += 2)
            _parts[fields[i]] = fields[i + 1];
        Left = [.. Differences(Lines("before"), Lines("left")).Order(StringComparer.Ordinal)];
    }

    public string Status => Part("exit");

    public string Output => Part("out");

    public string Said => Part("out") + Part("err");

    public string Log => Part("log");

    /// <summary>What is new on the node, or was changed, or is gone.</summary>
    public IReadOnlyList<string> Left { get; }

    /// <summary>The calls that change the node.</summary>
    public IEnumerable<string> Changes =>
        Lines("calls").Where(call =>
            !call.StartsWith("qm status", StringComparison.Ordinal)
            && !call.StartsWith("qm config", StringComparison.Ordinal)
            && call.StartsWith("qm ", StringComparison.Ordinal) | call.StartsWith("pvesm alloc", StringComparison.Ordinal)
            | call.StartsWith("pvesm free", StringComparison.Ordinal) | call.StartsWith("virt-customize", StringComparison.Ordinal));

    /// <summary>Runs a case: with recovery, or plain.</summary>
    public static async Task<BashCaseEnding> OfAsync(BashCase bashCase, string library, string mode)
    {
        var environment = bashCase.Values("set")
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal);
        environment.TryAdd("VM_RECOVERY", bashCase.Values("recovery") is [var recovery, ..] ? recovery : "keep");
        environment["CASE_TERMINAL"] = bashCase.Values("terminal") is [var terminal, ..] ? terminal : null;
        environment["CASE_WAIT"] = bashCase.Values("wait") is [var wait, ..] ? wait : null;
        string[] owner = Environment.IsPrivilegedProcess ? [] : ["--map-root-user"];
        var node = Path.Combine(Path.GetDirectoryName(BashCase.Folder)!, "node", "run.bash");
        var run = await ProcessRunner.RunAsync(
            "env",
            [
                "--default-signal=INT,QUIT,PIPE", "unshare", .. owner, "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
                "bash", node, library, bashCase.Path, mode,
            ],
            timeLimit: TimeLimit,
            environment: environment);
        return run.ExitCode == 0
            ? new BashCaseEnding(run.Output)
            : throw new InvalidOperationException($"{bashCase.Path}: the node did not start: {run.Output}{run.Error}");
    }

    public bool Called(string beginning) => Lines("calls").Any(call => call.StartsWith(beginning, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override string ToString() =>
        $"exit {Status}\nout:\n{Output}\nerr:\n{Part("err")}\nlog:\n{Log}\ncalls:\n{Part("calls")}\nleft: {string.Join("; ", Left)}";

    private static IEnumerable<string> Differences(IEnumerable<string> before, IEnumerable<string> after)
    {
        var then = before.Select(line => line.Split('\t', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        var now = after.Select(line => line.Split('\t', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        foreach (var (name, sum) in now)
            if (!then.TryGetValue(name, out var earlier))
                yield return name;
            else if (earlier != sum)
                yield return "changed " + name;
        foreach (var name in then.Keys.Where(name => !now.ContainsKey(name)))
            yield return "gone " + name;
    }

    private string Part(string name) => _parts.GetValueOrDefault(name, "");

    private string[] Lines(string name) => Part(name).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
