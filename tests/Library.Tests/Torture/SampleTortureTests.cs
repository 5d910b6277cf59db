using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Torture;
using VmRecovery.Tests.Patching;
using VmRecovery.Tests.Recovery;

namespace VmRecovery.Tests.Torture;

/// <summary>Every sample, patched, in every scenario: it ends as chosen, or as the contract says.</summary>
public sealed class SampleTortureTests(ITestOutputHelper output)
{
    private const int TimeLimit = 1_800_000;

    /// <summary>The samples as the folder has them: a new one is tortured, too.</summary>
    public static TheoryData<string> Samples =>
        [.. Directory.GetFiles(Fixtures.Samples, "*.sh").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_failure_at_any_step_ends_as_chosen(string sample) => Plans.AllCleanAsync(Plans.SingleFaults(Patched(sample)), output);

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_retry_or_clean_up_that_fails_as_well_ends_well_or_is_named(string sample) =>
        Plans.AllCleanAsync(Plans.Pairs(Patched(sample)), output);

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_signal_at_any_step_leaves_nothing(string sample) => Plans.AllCleanAsync(Plans.Signals(Patched(sample)), output);

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task What_a_kill_at_any_step_left_is_named_or_removed_by_the_next_run(string sample) =>
        Plans.AllCleanAsync(Plans.Kills(Patched(sample)), output);

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_worker_that_is_killed_ends_as_chosen_and_none_harms_others(string sample) =>
        Plans.WorkersHarmNobodyAsync(Patched(sample), output);

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Samples))]
    public Task A_command_that_passes_by_the_wrappers_is_refused_or_does_no_harm(string sample) =>
        Plans.AllCleanAsync(Plans.HiddenCommands(Patched(sample)), output);

    /// <summary>These print a volume's name only when an import has ended.</summary>
    [Theory(Timeout = TimeLimit)]
    [InlineData(StorageKind.ZfsPool)]
    [InlineData(StorageKind.Btrfs)]
    internal Task What_a_kill_left_on_a_silent_storage_is_named_or_removed_by_the_next_run(StorageKind storage) =>
        Plans.AllCleanAsync(Plans.Kills(Patched("cloud-image-vm.sh") with { Storage = storage }), output);

    private static TortureRequest Patched(string sample) =>
        new(Path.Combine(Checkout.Root, "out", "vm", sample)) { Libraries = [Path.Combine(Checkout.Root, "out", "misc")] };
}
