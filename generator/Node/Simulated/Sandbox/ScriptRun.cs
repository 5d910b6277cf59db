using System.Globalization;
using System.Text;
using CliWrap;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Node.Simulated.Sandbox;

/// <summary>
/// Runs bash scripts on a simulated node: own PID and mount namespaces, own root directory, the node's commands on PATH,
/// the loopback web for curl. Nothing survives, nothing outside can be changed. Needs root or user namespaces.
/// </summary>
internal sealed class ScriptRun
{
    private static readonly string[] PassedThrough = ["xz", "unxz", "gunzip", "unzip", "qemu-img"];
    private static readonly string[] StoodFor = ["virt-customize", "virt-resize", "apt-get", "whiptail", "execution-ended"];

    /// <summary>The node before the first execution.</summary>
    public NodeState State { get; init; } = NodeState.Installed();

    public FaultPlan Faults { get; init; } = new();

    public WebContent Content { get; init; } = new();

    public Dialogs Dialogs { get; init; } = new();

    /// <summary>Changes the web server before it is used.</summary>
    public Action<LoopbackWeb>? SetUpWeb { get; init; }

    /// <summary>Changes the sandbox's directory before it is used; what lies in <c>bin</c> there is first on PATH.</summary>
    public Action<string>? SetUpDirectory { get; init; }

    /// <summary>Programs that are missing in the sandbox, such as virt-customize before apt-get install.</summary>
    public ISet<string> MissingPrograms { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Folders of the machine that are seen at the same paths, read-only.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>True: the script has a controlling terminal, and its menus are answered by <see cref="Dialogs"/>.</summary>
    public bool Terminal { get; init; }

    /// <summary>After which time everything is ended.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs one script.</summary>
    public async Task<ExecutionResult> RunAsync(string script, params (string Name, string Value)[] environment) =>
        (await RunAsync(new Execution(script) { Environment = environment.ToDictionary(e => e.Name, e => e.Value) }))[0];

    /// <summary>Runs scripts one after another in the same sandbox, each seeing what the earlier ones left.</summary>
    public async Task<IReadOnlyList<ExecutionResult>> RunAsync(params IReadOnlyList<Execution> executions)
    {
        var directory = Directory.CreateTempSubdirectory("vmrecovery-run-").FullName;
        try
        {
            await using var node = new SimulatedNode(State, executions[0].Faults ?? Faults);
            await using var web = new LoopbackWeb(Content) { Faults = node.Faults };
            SetUpWeb?.Invoke(web);
            var watch = new ExecutionWatch(node, web, Dialogs, executions, Faults);
            node.Programs["whiptail"] = Dialogs.Reply;
            node.Programs["execution-ended"] = _ => watch.End();
            WriteDirectory(directory, node, web, executions);
            await StartAsync(directory, node, web, executions.Count);
            return [.. watch.Ends.Select((e, i) => Collect(directory, i + 1, e))];
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private void WriteDirectory(string directory, SimulatedNode node, LoopbackWeb web, IReadOnlyList<Execution> executions)
    {
        Directory.CreateDirectory(Path.Combine(directory, "root"));
        var bin = Directory.CreateDirectory(Path.Combine(directory, "bin")).FullName;
        Directory.CreateDirectory(Path.Combine(directory, "pve"));
        node.ConfigDirectory = Directory.CreateDirectory(Path.Combine(directory, "cluster")).FullName;
        node.WriteClients(bin, ClientScript.Programs.Concat(StoodFor).Concat(PassedThrough.Where(IsInstalled)).Where(p => !MissingPrograms.Contains(p)));
        WriteProgram(bin, "sleep", "exec /usr/bin/sleep 0.01");
        WriteProgram(bin, "clear", ":");
        WriteProgram(bin, "tput", ":");
        WriteProgram(bin, "lsblk", ":");
        WriteProgram(bin, "ip", "printf '2: vmbr0: <BROADCAST>\\n3: vmbr1: <BROADCAST>\\n'");
        // The sandbox lives in memory; a node has room for images.
        WriteProgram(bin, "df", "[[ $* != *--output* ]] || exec /usr/bin/df \"$@\"; printf 'Filesystem 1K-blocks Used Available Use%% Mounted on\\n/dev/mapper/pve-root 98497780 10485760 88012020 11%% /\\n'");
        WriteProgram(bin, "in-terminal", "exec /usr/bin/script -qec \"exec bash $2\" /dev/null");
        if (!IsInstalled("pv"))
            WriteProgram(bin, "pv", "exec /usr/bin/cat");
        Write(directory, ".curlrc", web.CurlConfig());
        WriteDeviceLinks(Directory.CreateDirectory(Path.Combine(directory, "links")).FullName);
        Write(directory, "build", SandboxScripts.Build);
        Write(directory, "folders", string.Concat(Folders.Select(f => f + "\n")));
        Write(directory, "run", SandboxScripts.Run);
        for (var i = 1; i <= executions.Count; i++)
        {
            var execution = executions[i - 1];
            Write(directory, Numbered("script", i), execution.Script);
            var start = new StringBuilder();
            foreach (var (name, value) in execution.Environment)
                start.Append("export ").Append(name).Append('=').Append(Quote(value)).Append('\n');
            start.Append("exec ").AppendJoin("", execution.Prefix.Select(w => Quote(w) + " ")).Append(execution.AsFile
                ? $"bash /mnt/{Numbered("script", i)}\n"
                : $"bash -c \"$(cat /mnt/{Numbered("script", i)})\"\n");
            Write(directory, Numbered("start", i), start.ToString());
        }
        SetUpDirectory?.Invoke(directory);
    }

    private async Task StartAsync(string directory, SimulatedNode node, LoopbackWeb web, int executions)
    {
        var said = new StringBuilder();
        using var limit = new CancellationTokenSource(TimeLimit);
        string[] words = ["-m", "-p", "-f", "--kill-child=KILL", "--propagation", "private", "bash", Path.Combine(directory, "build"), directory];
        if (Environment.UserName != "root")
            words = ["-r", .. words];
        var environment = new Dictionary<string, string?>();
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
            environment[(string)variable.Key] = null;
        foreach (var (name, value) in BaseEnvironment(executions))
            environment[name] = value;
        // Also when this process is gone before the limit: nobody else would end the sandbox then.
        words = ["--foreground", "--signal=KILL", FormattableString.Invariant($"{TimeLimit.TotalSeconds + 10:0}"), "unshare", .. words];
        var task = Cli.Wrap("timeout").WithArguments(words).WithEnvironmentVariables(environment)
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(said)).WithStandardOutputPipe(PipeTarget.ToStringBuilder(said))
            .WithValidation(CommandResultValidation.None).ExecuteAsync(limit.Token);
        var processes = new SandboxProcesses(task.ProcessId, Terminal);
        node.ScriptRoot = () => processes.Root;
        node.SendSignal = processes.Send;
        web.SendSignal = processes.Send;
        web.KillClient = () => processes.KillAll("curl");
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            var output = Directory.GetFiles(directory, "output.*").Order(StringComparer.Ordinal).Select(File.ReadAllText);
            throw new TimeoutException(FormattableString.Invariant(
                $"The script did not end within {TimeLimit.TotalSeconds:0} s; it was stopped. Last call: {string.Concat(node.Calls.Calls.TakeLast(1).Select(c => c.CommandLine))}\n{string.Join('\n', output)}"));
        }
        if (!File.Exists(Path.Combine(directory, Numbered("exit", executions))))
            throw new InvalidOperationException("The sandbox could not be built: " + said);
    }

    private Dictionary<string, string> BaseEnvironment(int executions) => new()
    {
        ["PATH"] = "/mnt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ["HOME"] = "/root",
        ["CURL_HOME"] = "/mnt",
        ["TERM"] = "xterm",
        ["LANG"] = "C.UTF-8",
        ["USER"] = "root",
        ["EXECUTIONS"] = executions.ToString(CultureInfo.InvariantCulture),
        ["WRAP"] = Terminal ? "/mnt/bin/in-terminal" : "",
    };

    private static ExecutionResult Collect(string directory, int number, ExecutionEnd end)
    {
        string Text(string name) => File.ReadAllText(Path.Combine(directory, Numbered(name, number)));
        var kept = Path.Combine(directory, Numbered("kept", number));
        return new ExecutionResult
        {
            ExitCode = int.Parse(Text("exit"), CultureInfo.InvariantCulture),
            Output = Text("output"),
            Node = end.Node,
            Calls = end.Calls,
            ExternalCalls = end.ExternalCalls,
            Fetches = end.Fetches,
            Telemetry = end.Telemetry,
            Dialogs = end.Dialogs,
            Steps = end.Steps,
            Struck = end.Struck,
            Files = [.. Text("files").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 4))
                .Where(f => f.Length == 4)
                .Select(f => new LeftFile(f[0][0], f[1], long.Parse(f[2], CultureInfo.InvariantCulture), f[3]))],
            Processes = Text("processes").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
            Mounts = int.Parse(Text("mounts"), CultureInfo.InvariantCulture),
            Texts = Directory.EnumerateFiles(kept, "*", SearchOption.AllDirectories)
                .ToDictionary(f => f[kept.Length..], f => File.ReadAllText(f)),
        };
    }

    private static void WriteDeviceLinks(string folder)
    {
        foreach (var (name, target) in ((string, string)[])
            [("ptmx", "pts/ptmx"), ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"), ("stderr", "/proc/self/fd/2")])
        {
            File.CreateSymbolicLink(Path.Combine(folder, name), target);
        }
    }

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static bool IsInstalled(string program) => File.Exists("/usr/bin/" + program);

    private static string Numbered(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}.{number}");

    private static void Write(string directory, string name, string text) =>
        File.WriteAllBytes(Path.Combine(directory, name), new UTF8Encoding(false).GetBytes(text));

    private static void WriteProgram(string bin, string name, string command)
    {
        Write(bin, name, "#!/bin/bash\n" + command + "\n");
        File.SetUnixFileMode(Path.Combine(bin, name), (UnixFileMode)0b111_101_101);
    }
}
