using VmRecovery.Host.Policy;
using VmRecovery.Model;
using VmRecovery.Model.Menu;
using VmRecovery.Node.Simulated.Faults;

namespace VmRecovery.Tests.Recovery;

/// <summary>The menu as a user sees it: real whiptail in a real terminal, chosen from by keys.</summary>
public sealed class WhiptailTests
{
    private const int TimeLimit = 60_000;

    [Fact(Timeout = TimeLimit)]
    public async Task The_screen_says_what_failed_and_offers_the_options_by_their_ids()
    {
        var session = await new RecoveryRun("cloud-image-vm") { CurlStatus = 7 }.StartAsync();

        var screen = await session.Terminal.SeesAsync("RECOVERY");
        foreach (var tag in new[] { "retry", "view-log", "keep", "abort" })
            Assert.Contains(tag, screen, StringComparison.Ordinal);
        Assert.Contains("Try again, same settings (2 of 3)", screen, StringComparison.Ordinal);
        Assert.Contains("curl", screen, StringComparison.Ordinal);
        await session.Terminal.PressAsync("Escape");
        Assert.Equal(7, (await session.Run).ExitCode);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("-x 80 -y 24")]
    [InlineData("-x 60 -y 20")]
    public async Task A_small_screen_shows_the_whole_box(string size)
    {
        var session = await new RecoveryRun("cloud-image-vm") { ScreenSize = size, Faults = [Fault.Fails("^pvesm alloc", 1, "lvcreate 'pve/vm-100-disk-0' error:   Volume group \"pve\" has insufficient free space (1 extents): 2 required.", 5)] }.StartAsync();

        var screen = await session.Terminal.SeesAsync("RECOVERY");
        var lines = screen.TrimEnd().Split('\n');
        Assert.Contains("┤ RECOVERY: cloud-image-vm, try 1 of 3 ├", screen, StringComparison.Ordinal);
        Assert.Contains("│ Volume group pve is full: 2 extents needed, 1 free.", screen, StringComparison.Ordinal);
        Assert.Contains("  abort  ", screen, StringComparison.Ordinal);
        Assert.Contains("<Ok>", screen, StringComparison.Ordinal);
        Assert.StartsWith("└", lines[^1], StringComparison.Ordinal);
        await session.Terminal.PressAsync("Escape");
        Assert.Equal(5, (await session.Run).ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_the_command_said_is_shown_below_a_long_command()
    {
        var session = await new RecoveryRun("cloud-image-vm") { ScreenSize = "-x 80 -y 24", CurlStatus = 6 }.StartAsync();

        Assert.Contains("│   curl: (6) Could not resolve host", await session.Terminal.SeesAsync("<Exit>"), StringComparison.Ordinal);
        await session.Terminal.PressAsync("Escape");
        Assert.Equal(6, (await session.Run).ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task No_dialog_is_wider_than_a_small_screen()
    {
        var session = await new RecoveryRun("cloud-image-vm") { ScreenSize = "-x 60 -y 19", Faults = [RecoveryRun.AnotherAdminTakesTheId] }.StartAsync();

        await session.Terminal.ChooseAsync("destroy-existing");
        var screen = await session.Terminal.SeesAsync("Destroy it with all its disks?");
        Assert.Contains("│ VM 100 is 'somebody-elses', running.", screen, StringComparison.Ordinal);
        Assert.Contains("<No>", screen, StringComparison.Ordinal);
        await session.Terminal.PressAsync("Escape");
        Assert.Equal(255, (await session.Run).ExitCode);
    }

    [Fact]
    public void An_item_of_the_menu_fits_a_small_screen()
    {
        // The tags are as wide as the widest; the menu's tags and words have 53 columns of 60.
        foreach (var @class in Enum.GetValues<ErrorClass>())
        foreach (var program in new[] { "qm", "virt-customize" })
        {
            var situation = new Situation(new Failure(program, 1, new LogText("")), @class, 0, 2, KeysSent: false, FirstBoot: true);
            var items = RecoveryMenu.For(situation).Select(item => item.Option).ToList();
            var widest = items.Max(item => Vocabulary.Id(item).Length);
            Assert.All(items, item => Assert.InRange(widest + Vocabulary.Words(item).Length, 1, 53));
        }
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_watched_download_shows_its_progress_and_nothing_of_ours()
    {
        var session = await new RecoveryRun("cloud-image-vm").StartAsync();

        var run = await session.Run;

        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("100.0%", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("wait:", run.Output, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Choosing_retry_by_keys_ends_with_a_running_vm()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm importdisk")] }.StartAsync();

        await session.Terminal.ChooseAsync("retry");
        var run = await session.Run;

        Assert.Equal(0, run.ExitCode);
        Assert.True(run.Node.Machine(100)?.Running);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Choosing_abort_by_keys_leaves_nothing()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start", 0)] }.StartAsync();

        await session.Terminal.ChooseAsync("abort");
        var run = await session.Run;

        Assert.Equal(255, run.ExitCode);
        Assert.Empty(run.Node.Machines);
        Assert.Empty(run.Node.Volumes);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_choice_that_can_not_be_carried_out_leads_back_to_the_menu()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [RecoveryRun.AnotherAdminTakesTheId] }.StartAsync();

        await session.Terminal.ChooseAsync("destroy-existing");
        await session.Terminal.SeesAsync("Destroy it with all its disks?");
        await session.Terminal.PressAsync("Enter");
        await session.Terminal.SeesAsync("VM 100 is not destroyed. Choose again.");
        await session.Terminal.PressAsync("Escape");

        Assert.Equal(255, (await session.Run).ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Cancel_in_a_dialog_behind_an_option_leads_back_and_changes_nothing()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start")] }.StartAsync();

        await session.Terminal.ChooseAsync("retry-settings");
        await session.Terminal.SeesAsync("Memory in MiB");
        await session.Terminal.PressAsync("BSpace", "BSpace", "BSpace", "BSpace", "1024", "Enter");
        await session.Terminal.SeesAsync("CPU cores");
        await session.Terminal.PressAsync("Tab", "Tab", "Enter");
        await session.Terminal.SeesAsync("Nothing was changed. Choose again.");
        await session.Terminal.ChooseAsync("retry");
        var run = await session.Run;

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("2048", run.Node.Machine(100)?.Config["memory"]);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_log_is_shown_and_the_menu_comes_back()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start")] }.StartAsync();

        await session.Terminal.ChooseAsync("view-log");
        await session.Terminal.SeesAsync("== attempt 1");
        await session.Terminal.PressAsync("Tab", "Enter");
        await session.Terminal.ChooseAsync("retry");

        Assert.Equal(0, (await session.Run).ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Other_settings_are_asked_for_and_used()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start")] }.StartAsync();

        await session.Terminal.ChooseAsync("retry-settings");
        await session.Terminal.SeesAsync("Memory in MiB");
        await session.Terminal.SeesAsync("2048");
        await session.Terminal.PressAsync("BSpace", "BSpace", "BSpace", "BSpace", "1024", "Enter");
        for (var dialog = 0; dialog < 2; dialog++)
        {
            await Task.Delay(300);
            await session.Terminal.PressAsync("Enter");
        }
        var run = await session.Run;

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("1024", run.Node.Machine(100)?.Config["memory"]);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_value_that_is_none_is_asked_for_again()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start")] }.StartAsync();

        await session.Terminal.ChooseAsync("retry-settings");
        await session.Terminal.SeesAsync("Memory in MiB");
        await session.Terminal.SeesAsync("2048");
        await session.Terminal.PressAsync("BSpace", "BSpace", "BSpace", "BSpace", "4G", "Enter");
        await session.Terminal.SeesAsync("Only a number, such as 2048.");
        await session.Terminal.PressAsync("BSpace", "BSpace", "1024", "Enter");
        await session.Terminal.SeesAsync("CPU cores");
        await session.Terminal.PressAsync("Enter");
        await session.Terminal.SeesAsync("Disk size");
        await session.Terminal.PressAsync("B", "Enter");
        await session.Terminal.SeesAsync("Only a number, such as 8G.");
        await session.Terminal.PressAsync("BSpace", "Enter");
        var run = await session.Run;

        Assert.True(run.ExitCode == 0, run.Output);
        Assert.Equal("1024", run.Node.Machine(100)?.Config["memory"]);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Esc_keeps_the_vm()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start", 0)] }.StartAsync();

        await session.Terminal.SeesAsync("RECOVERY");
        await session.Terminal.PressAsync("Escape");

        await KeptAsync(session);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task No_answer_in_time_keeps_the_vm()
    {
        var session = await new RecoveryRun("cloud-image-vm")
        {
            Variables = { ["VM_RECOVERY_TIMEOUT"] = "2" },
            Faults = [Fault.Fails("^qm start", 0)],
        }.StartAsync();

        await session.Terminal.SeesAsync("RECOVERY");

        await KeptAsync(session);
        Assert.Contains("VM 100 is kept", (await session.Run).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<Ok>", (await session.Run).Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("cancel")]
    [InlineData("esc")]
    [InlineData("")]
    [InlineData("no-such-option")]
    public async Task A_dialog_without_a_usable_answer_keeps_the_vm(string answer)
    {
        var run = await new RecoveryRun("cloud-image-vm") { Terminal = true, Answers = [answer], Faults = [Fault.Fails("^qm start", 0)] }.RunAsync();

        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(255, run.ExitCode);
        Assert.Single(run.Menus);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task After_the_menu_the_screen_says_what_failed()
    {
        var session = await new RecoveryRun("cloud-image-vm") { Faults = [Fault.Fails("^qm start", 0)] }.StartAsync();

        await session.Terminal.SeesAsync("RECOVERY");
        await session.Terminal.PressAsync("Escape");

        Assert.Contains("Failed (exit code 255): qm start", (await session.Run).Output, StringComparison.Ordinal);
    }

    private static async Task KeptAsync(TerminalSession session)
    {
        var run = await session.Run;
        Assert.NotNull(run.Node.Machine(100));
        Assert.Equal(255, run.ExitCode);
    }
}
