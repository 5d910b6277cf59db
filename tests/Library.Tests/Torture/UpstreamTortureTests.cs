using VmRecovery.Node.Torture;
using VmRecovery.Scripts.Patching;
using VmRecovery.Tests.Patching;
using VmRecovery.Tests.Recovery;
using VmRecovery.Tests.Simulated;

namespace VmRecovery.Tests.Torture;

/// <summary>ProxmoxVE's own scripts, patched as <c>port</c> does, in every scenario.</summary>
public sealed class UpstreamTortureTests(ITestOutputHelper output) : IDisposable
{
    private const int TimeLimit = 1_800_000;

    private readonly string directory = Directory.CreateTempSubdirectory("torture-upstream-").FullName;

    /// <summary>The scripts that run on the simulated node.</summary>
    public static TheoryData<string, string> Scripts => UpstreamScriptTests.Scripts();

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task A_failure_at_any_step_ends_as_chosen(string script, string storage) =>
        await Plans.AllCleanAsync(Plans.SingleFaults(await PatchedAsync(script, storage)), output);

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task A_retry_or_clean_up_that_fails_as_well_ends_well_or_is_named(string script, string storage) =>
        await Plans.AllCleanAsync(Plans.UpstreamPairs(await PatchedAsync(script, storage)), output);

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task A_signal_at_any_step_leaves_nothing(string script, string storage) =>
        await Plans.AllCleanAsync(Plans.Signals(await PatchedAsync(script, storage)), output);

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task What_a_kill_at_any_step_left_is_named_or_removed_by_the_next_run(string script, string storage) =>
        await Plans.AllCleanAsync(Plans.Kills(await PatchedAsync(script, storage)), output);

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task A_worker_that_is_killed_interrupted_or_goes_on_alone_does_no_harm(string script, string storage) =>
        await Plans.WorkersHarmNobodyAsync(await PatchedAsync(script, storage), output);

    [UpstreamTheory(Timeout = TimeLimit)]
    [MemberData(nameof(Scripts))]
    public async Task A_command_that_passes_by_the_wrappers_is_refused_or_does_no_harm(string script, string storage) =>
        await Plans.AllCleanAsync(Plans.HiddenCommands(await PatchedAsync(script, storage)), output);

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private async Task<TortureRequest> PatchedAsync(string script, string storage)
    {
        var checkout = UpstreamTheoryAttribute.Checkout!;
        var outcome = await PatchChecks.PatchAsync(await File.ReadAllBytesAsync(Path.Combine(checkout, "vm", script)));
        Assert.Equal(PatchStatus.Patched, outcome.Status);
        var path = Path.Combine(directory, script);
        await File.WriteAllBytesAsync(path, outcome.After.Raw);
        return new TortureRequest(path)
        {
            Storage = UpstreamScriptTests.KindOf(storage),
            Libraries = [Path.Combine(Checkout.Root, "out", "misc"), Path.Combine(checkout, "misc")],
        };
    }
}
