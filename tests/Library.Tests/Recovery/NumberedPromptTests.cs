using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Tests.Recovery;

/// <summary>The numbered prompt, where whiptail is missing or can't draw.</summary>
public sealed class NumberedPromptTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("C-d")]
    [InlineData("Enter")]
    public async Task Without_whiptail_a_prompt_without_an_answer_keeps_the_vm(string key)
    {
        var session = await new RecoveryRun("cloud-image-vm") { NoWhiptail = true, Faults = [Fault.Fails("^qm start", 0)] }.StartAsync();

        await session.Terminal.SeesAsync("RECOVERY");
        await session.Terminal.PressAsync(key);

        await KeptAsync(session);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task On_a_terminal_that_whiptail_can_not_use_the_numbered_prompt_asks()
    {
        var session = await new RecoveryRun("")
        {
            Script = RecoveryRun.Patched("cloud-image-vm").Replace("\ncreate_this_vm() {", "\nexport TERM=dumb\ncreate_this_vm() {", StringComparison.Ordinal),
            Faults = [Fault.Fails("^qm start", 0)],
        }.StartAsync();

        await session.Terminal.ChooseAsync("abort");
        var run = await session.Run;

        Assert.Empty(run.Node.Machines);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("sleep 1; echo 4; sleep 4")]
    [InlineData("sleep 1; printf 4; sleep 2; echo; sleep 1")]
    public async Task What_was_typed_before_the_prompt_is_no_answer(string typing)
    {
        var run = await LibraryShell.RunAsync($$"""
            declare -f >/run/functions
            printf '%s\n' 'source /run/functions; _vm_has_whiptail() { false; }; create_vm() { sleep 2; false; }' \
              'VMID=100 VM_RECOVERY_TIMEOUT=3; vm_create_with_recovery create_vm' >/run/case
            { {{typing}}; } | script -qec 'bash /run/case' /dev/null
            """);

        Assert.Contains("Number (", run.Output, StringComparison.Ordinal);
        Assert.Contains("Nothing was removed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("created was removed", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Without_whiptail_the_numbered_prompt_takes_a_number()
    {
        var session = await new RecoveryRun("cloud-image-vm") { NoWhiptail = true, Faults = [Fault.Fails("^qm start", 0)] }.StartAsync();

        await session.Terminal.ChooseAsync("abort");
        var run = await session.Run;

        Assert.Empty(run.Node.Machines);
        Assert.Equal(255, run.ExitCode);
    }

    private static async Task KeptAsync(TerminalSession session)
    {
        var run = await session.Run;
        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(255, run.ExitCode);
    }
}
