namespace VmRecovery.Tests.Architecture;

/// <summary>The arrows between rooms run one way, and the rooms that compute touch no disk and start no process.</summary>
public sealed class ArrowTests(ITestOutputHelper output)
{
    private static readonly string[] PureRooms =
        ["VmRecovery.Bash", "VmRecovery.Compiler", "VmRecovery.Diagnostics", "VmRecovery.Model", "VmRecovery.Scripts"];

    private static readonly string[] Outside =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo", "System.Net.Sockets.Socket",
        "System.Net.Http.HttpClient", "System.Console", "CliWrap.Cli", "CliWrap.Command",
    ];

    private static readonly Lazy<CodeGraph> Graph = new(() => CodeGraph.Read(AppContext.BaseDirectory));

    [Fact]
    public void Assemblies_have_no_cycle() => AssertNoCycle(Graph.Value.Assemblies);

    [Fact]
    public void Namespaces_have_no_cycle() => AssertNoCycle(Graph.Value.Namespaces);

    [Fact]
    public void The_bash_library_depends_on_nothing_of_ours()
    {
        Assert.Empty(Graph.Value.Assemblies["VmRecovery.Bash"]);
        Assert.Empty(Graph.Value.Assemblies["VmRecovery.Model"]);
        Assert.Equal(["VmRecovery.Bash"], Graph.Value.Assemblies["VmRecovery.Diagnostics"]);
    }

    [Fact]
    public void Rooms_that_compute_refer_to_rooms_that_compute()
    {
        foreach (var room in PureRooms)
            Assert.Empty(Graph.Value.Assemblies[room].Except(PureRooms));
    }

    [Fact]
    public void Rooms_that_compute_touch_no_disk_and_start_no_process()
    {
        var wrong = Graph.Value.Uses.Where(u => PureRooms.Contains(u.Assembly) && Outside.Contains(u.Used));
        Assert.Empty(wrong.Select(u => $"{u.Used} in {u.Member}"));
    }

    [Fact]
    public void Only_the_compiler_refers_to_Roslyn_Cecil_and_Scriban()
    {
        string[] heavy = ["Microsoft.CodeAnalysis", "Mono.Cecil", "Scriban"];
        var wrong = Graph.Value.Uses.Where(u =>
            u.Assembly != "VmRecovery.Compiler" && heavy.Any(h => u.Used.StartsWith(h + ".", StringComparison.Ordinal)));
        Assert.Empty(wrong.Select(u => $"{u.Used} in {u.Member}"));
    }

    private void AssertNoCycle(IReadOnlyDictionary<string, SortedSet<string>> arrows)
    {
        foreach (var (from, to) in arrows)
            output.WriteLine($"{from} -> {string.Join(", ", to)}");
        Assert.True(arrows.Count > 3, "the graph was read");
        Assert.Equal("", string.Join(" -> ", CodeGraph.CycleIn(arrows)));
    }
}
