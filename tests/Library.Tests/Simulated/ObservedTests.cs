namespace VmRecovery.Tests.Simulated;

/// <summary>The node's commands against what was observed on real ones: one case a line of reference/pve-observed.md.</summary>
public sealed class ObservedTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("observed-").FullName;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var observed in ObservedCase.All(withFault: false))
                data.Add(observed.File, observed.Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_command_says_and_does_as_on_a_real_node(string file, string name)
    {
        var observed = ObservedCase.Find(file, name);
        var isOld = observed.Preparations.Contains("~version 8");
        var node = new ObservedNode(root, isOld ? "pve-manager/8.4.14/b502d23c55afcba1 (running kernel: 6.8.12-15-pve)" : null);
        node.Prepare(observed);

        var reply = node.Run(observed.Command);

        ObservedNode.SameLines(observed.Output, reply.Text(isError: false), "stdout");
        ObservedNode.SameLines(observed.Error, reply.Text(isError: true), "stderr");
        Assert.Equal(observed.ExitCode, reply.ExitCode);
        node.Check(observed);
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
