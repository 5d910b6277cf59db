using System.Text;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Engine.Tests.Sandbox;

/// <summary>Runs <c>vmrecovery run</c> around an unpatched script on the simulated node.</summary>
internal sealed class RunInSandbox
{
    /// <summary>The number of a VM that somebody else has.</summary>
    public const int Foreign = 105;

    public static readonly string Home = FindHome();

    /// <summary>The node before.</summary>
    public NodeState State { get; init; } = NewNode();

    /// <summary>What somebody at the terminal answers.</summary>
    public Dialogs Dialogs { get; init; } = new();

    /// <summary>Whether there is a terminal.</summary>
    public bool Terminal { get; init; }

    /// <summary>Whether whiptail is installed.</summary>
    public bool HasWhiptail { get; init; } = true;

    /// <summary>Runs a script once.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="options">Options of <c>run</c>.</param>
    /// <param name="words">Words for the script.</param>
    /// <param name="faults">What goes wrong.</param>
    public async Task<ExecutionResult> RunAsync(string script, string options, string words, params IReadOnlyList<Fault> faults) =>
        (await RunAsync(new SandboxRun(script, options, words, faults)))[0];

    /// <summary>Runs scripts one after another.</summary>
    public async Task<IReadOnlyList<ExecutionResult>> RunAsync(params IReadOnlyList<SandboxRun> runs)
    {
        var content = new WebContent();
        content.LibraryFolders.Add(Path.Combine(Home, "out", "misc"));
        var run = new ScriptRun
        {
            State = State,
            Dialogs = Dialogs,
            Content = content,
            Terminal = Terminal,
            TimeLimit = TimeSpan.FromSeconds(90),
            SetUpDirectory = directory => SetUp(directory, runs),
        };
        if (!HasWhiptail)
            run.MissingPrograms.Add("whiptail");
        return await run.RunAsync([.. runs.Select((r, i) => new Execution($"exec {r.Launch} bash /mnt/scripts/{i} {r.Words}")
        {
            Faults = new FaultPlan(r.Faults),
            Environment = new Dictionary<string, string> { ["DIAGNOSTICS"] = "yes", ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0" },
        })]);
    }

    /// <summary>A node with guests of others.</summary>
    public static NodeState NewNode()
    {
        var node = NodeState.Installed();
        node.AddForeignContainer(101, "somebody-elses-container");
        node.AddMachineElsewhere(102, "on-the-other-node");
        node.AddForeignMachine(Foreign, "somebody-elses");
        node.AddFilesOfOthers(100);
        return node;
    }

    /// <summary>A script of the samples, not patched.</summary>
    public static string Sample(string name) => File.ReadAllText(Path.Combine(Home, "samples", "vm", name));

    /// <summary>A file of this project.</summary>
    public static string[] Cases(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Home, "tests", "Engine.Tests", folder), pattern).Order(StringComparer.Ordinal).ToArray();

    private static void SetUp(string directory, IReadOnlyList<SandboxRun> runs)
    {
        var tool = Directory.CreateDirectory(Path.Combine(directory, "tool")).FullName;
        foreach (var file in Directory.GetFiles(AppContext.BaseDirectory))
            if (Path.GetFileName(file) is var name && (name is "vmrecovery" or "vmrecovery.dll" or "vmrecovery.runtimeconfig.json" or "System.CommandLine.dll"
                || name.StartsWith("VmRecovery.", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(tool, name));
        var scripts = Directory.CreateDirectory(Path.Combine(directory, "scripts")).FullName;
        for (var i = 0; i < runs.Count; i++)
            File.WriteAllBytes(Path.Combine(scripts, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), new UTF8Encoding(false).GetBytes(runs[i].Script));
    }

    private static string FindHome()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VmRecovery.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests do not lie in the project");
        return folder.FullName;
    }
}

/// <summary>One run of a script.</summary>
internal sealed record SandboxRun(string Script, string Options, string Words, IReadOnlyList<Fault> Faults)
{
    /// <summary>What stands in front of the script.</summary>
    public string Launch => Options == "none" ? "" : $"/mnt/tool/vmrecovery run {Options} --";
}
