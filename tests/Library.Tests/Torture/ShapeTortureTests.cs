using VmRecovery.Node.Torture;
using VmRecovery.Tests.Patching;
using VmRecovery.Tests.Recovery;

namespace VmRecovery.Tests.Torture;

/// <summary>Every shape that the patcher knows: its recovery holds, too.</summary>
public sealed class ShapeTortureTests(ITestOutputHelper output)
{
    private const int TimeLimit = 600_000;

    /// <summary>
    /// Carriage returns do not run in bash, the web of the simulated node is there for curl only, nobody answers questions
    /// there, and it has no installer image.
    /// </summary>
    private static readonly string[] NotRun =
        ["crlf-with-byte-order-mark", "before-telemetry-and-curl", "questions-before-the-first-step", "cd-rom-on-another-storage"];

    public static TheoryData<string> Shapes => [.. Fixtures.All("patched").Except(NotRun, StringComparer.Ordinal)];

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Shapes))]
    public Task A_failure_at_any_step_ends_as_chosen(string shape) => Plans.AllCleanAsync(
        Plans.SingleFaults(new TortureRequest(Path.Combine(Fixtures.Folder, "patched", shape, "expected.sh"))
        {
            Libraries = [Path.Combine(Checkout.Root, "out", "misc")],
        }),
        output);
}
