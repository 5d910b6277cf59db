using VmRecovery.Tests;

namespace VmRecovery.Engine.Tests.Sandbox;

/// <summary>Every file in <c>cases/</c>: a run around a script that nobody patched, and how it has to end.</summary>
[NeedsProcess]
public sealed class RunCasesTests
{
    public static TheoryData<string> Files => [.. RunInSandbox.Cases("cases", "*.case").Select(f => Path.GetFileName(f)!)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_run_ends_as_its_case_says(string file)
    {
        var @case = RunCase.Read(RunInSandbox.Cases("cases", file)[0]);
        var run = await @case.RunAsync();
        var complaints = @case.Complaints(run).ToList();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Append(run.Output)));
    }
}
