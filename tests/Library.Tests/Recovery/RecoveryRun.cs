using System.Text;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Tests.Recovery;

/// <summary>One run of a sample on the simulated node: what goes wrong, and who decides what then happens.</summary>
/// <param name="sample">File name in <c>samples/vm</c>, without <c>.sh</c>.</param>
internal sealed class RecoveryRun(string sample)
{
    /// <summary>What the titles of the recovery's own dialogs contain.</summary>
    public const string MenuTitle = "RECOVERY";

    /// <summary>Where process starts are noted inside the sandbox.</summary>
    public const string TraceFile = "/tmp/process-trace";

    /// <summary>
    /// Real whiptail from the first dialog of the recovery on; before that, and for a script without a failure, the
    /// stand-in that takes the defaults.
    /// </summary>
    private const string RealWhiptailProgram = """
        #!/bin/bash
        if [[ -e /mnt/in-recovery || $* == *RECOVERY* ]]; then
          : >/mnt/in-recovery
          exec /usr/bin/whiptail "$@"
        fi
        exec /mnt/stand-in/whiptail "$@"

        """;

    /// <summary>Answers the script's own dialogs and is gone with the last of them, so that the recovery finds no whiptail.</summary>
    private const string VanishingWhiptailProgram = """
        #!/bin/bash
        [[ $* != *LAST* ]] || /bin/rm -f /mnt/bin/whiptail
        exec /mnt/stand-in/whiptail "$@"

        """;

    public static IReadOnlyList<string> Samples { get; } =
        ["cloud-image-vm", "appliance-vm", "docker-image-vm", "router-vm", "firewall-vm", "installer-iso-vm"];

    /// <summary>Somebody makes a VM with the chosen VMID just before <c>qm create</c>.</summary>
    public static Fault AnotherAdminTakesTheId => new(FaultKind.ForeignTakesVmId) { Pattern = new Regex("^qm create"), Occurrence = 1 };

    public NodeState Node { get; init; } = NodeState.Installed();

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary><c>VM_RECOVERY</c>; null leaves it unset.</summary>
    public string? Recovery { get; init; }

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>True: a user at a terminal answers the recovery's dialogs with <see cref="Answers"/>, then with keep.</summary>
    public bool Terminal { get; init; }

    public IReadOnlyList<string> Answers { get; init; } = [];

    /// <summary>The status with which curl ends whenever it fetches an image: 6, 7 or 28; 0 for success.</summary>
    public int CurlStatus { get; init; }

    /// <summary>True: the sample as it is, without recovery.</summary>
    public bool Unpatched { get; init; }

    /// <summary>A script of the test's own in place of the sample.</summary>
    public string? Script { get; init; }

    /// <summary>True: counts the processes that the script starts.</summary>
    public bool CountProcesses { get; init; }

    /// <summary>For <see cref="StartAsync"/>: the terminal's size, as tmux takes it.</summary>
    public string ScreenSize { get; init; } = "-x 110 -y 40";

    /// <summary>For <see cref="StartAsync"/>: true when the recovery finds no whiptail.</summary>
    public bool NoWhiptail { get; init; }

    /// <summary>With <see cref="NoWhiptail"/>: part of the title of the script's last dialog before the section.</summary>
    public string LastDialog { get; init; } = "SETTINGS";

    /// <summary>What ran before on the same node, in order.</summary>
    public IReadOnlyList<Execution> Earlier { get; init; } = [];

    /// <summary>A run of this sample that is killed while a command of that pattern is at work.</summary>
    public static Execution Killed(string sample, string pattern) => new(Patched(sample))
    {
        Faults = new FaultPlan(new Fault(FaultKind.KillGroup) { Pattern = new Regex(pattern, RegexOptions.CultureInvariant) }),
    };

    /// <summary>Runs the sample to its end.</summary>
    public async Task<RecoveryOutcome> RunAsync() => new((await Prepared(Terminal, Traced).RunAsync([.. Earlier, Execution()]))[^1]);

    /// <summary>Starts the sample in a real terminal with real whiptail; the test answers.</summary>
    public async Task<TerminalSession> StartAsync()
    {
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var run = Prepared(terminal: true, directory =>
        {
            var standIn = Directory.CreateDirectory(Path.Combine(directory, "stand-in")).FullName;
            File.Move(Path.Combine(directory, "bin", "whiptail"), Path.Combine(standIn, "whiptail"));
            WriteProgram(directory, "whiptail", NoWhiptail ? VanishingWhiptailProgram.Replace("LAST", $"\"{LastDialog}\"", StringComparison.Ordinal) : RealWhiptailProgram);
            WriteProgram(directory, "in-terminal", TmuxTerminal.Launcher.Replace("-x 110 -y 40", ScreenSize, StringComparison.Ordinal));
            if (NoWhiptail)
                Edit(directory, "run", "cd /root\n", "cd /root\nmount --bind /dev/null /usr/bin/whiptail\n");
            ready.SetResult(directory);
        });
        var outcome = FinishAsync(run);
        var first = await Task.WhenAny(ready.Task, outcome);
        if (first == outcome)
            await outcome;
        return new TerminalSession(new TmuxTerminal(await ready.Task), outcome);
    }

    private async Task<RecoveryOutcome> FinishAsync(ScriptRun run) => new((await run.RunAsync(Execution()))[0]);

    private ScriptRun Prepared(bool terminal, Action<string> setUpDirectory)
    {
        var content = new WebContent().Page("nas/index.html", "<a href=\"nas-25.04.2.iso\">\n<a href=\"nas-25.10.1.iso\">\n");
        content.LibraryFolders.Add(Path.Combine(Checkout.Root, "out", "misc"));
        var dialogs = new Dialogs();
        dialogs.Answer(MenuTitle, [.. Answers, .. Enumerable.Repeat("keep", 10)]);
        return new ScriptRun
        {
            State = Node,
            Content = content,
            Dialogs = dialogs,
            Terminal = terminal,
            TimeLimit = TimeSpan.FromSeconds(45),
            SetUpWeb = web =>
            {
                if (CurlStatus == 7)
                    web.RefusedHosts.Add("images.example.org");
                if (CurlStatus == 28)
                    web.CurlTimeLimit = 1;
            },
            SetUpDirectory = directory =>
            {
                // A name that only has an address of the wrong family can't be resolved: curl exits 6 without asking a server.
                if (CurlStatus == 6)
                    Edit(directory, ".curlrc", "connect-to", "ipv4\nconnect-to = \"images.example.org::v6only.invalid:443\"\nresolve = \"v6only.invalid:443:::1\"\nconnect-to");
                setUpDirectory(directory);
            },
        };
    }

    private Execution Execution()
    {
        IReadOnlyList<Fault> faults = CurlStatus == 28 ? [.. Faults, Fault.Fails("^download ", 0) with { Web = WebFault.Timeout }] : Faults;
        var environment = new Dictionary<string, string>(Variables);
        if (Recovery is not null)
            environment["VM_RECOVERY"] = Recovery;
        var script = Script ?? (Unpatched ? File.ReadAllText(Path.Combine(Checkout.Root, "samples", "vm", sample + ".sh")) : Patched(sample));
        return new Execution(script) { Environment = environment, Faults = new FaultPlan(faults) };
    }

    /// <summary>A sample's text, patched.</summary>
    public static string Patched(string sample) => File.ReadAllText(Path.Combine(Checkout.Root, "out", "vm", sample + ".sh"));

    private void Traced(string directory)
    {
        if (CountProcesses)
            Edit(directory, "run", "setsid $WRAP", $"setsid strace -f -qq -e trace=clone,clone3,fork,vfork -e signal=none -o {TraceFile}");
    }

    private static void Edit(string directory, string file, string old, string replacement)
    {
        var path = Path.Combine(directory, file);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(File.ReadAllText(path).Replace(old, replacement, StringComparison.Ordinal)));
    }

    private static void WriteProgram(string directory, string name, string text)
    {
        var path = Path.Combine(directory, "bin", name);
        // A link to the file that all programs of the node share.
        File.Delete(path);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
