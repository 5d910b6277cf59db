namespace VmRecovery.Tests.Recovery;

/// <summary>A VMID that another admin took between dialog and <c>qm create</c>: that VM lives.</summary>
public sealed class ForeignVmTests
{
    private const int TimeLimit = 60_000;

    public static TheoryData<string, string?> Choices()
    {
        var data = new TheoryData<string, string?>();
        foreach (var sample in RecoveryRun.Samples)
            foreach (var choice in new[] { null, "keep", "abort", "retry", "retry,retry,abort", "retry-settings", "destroy-existing", "other-vmid" })
                data.Add(sample, choice);
        return data;
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Choices))]
    public async Task It_survives_whatever_is_chosen(string sample, string? choice)
    {
        var run = await new RecoveryRun(sample) { Recovery = choice, Faults = [RecoveryRun.AnotherAdminTakesTheId] }.RunAsync();

        var foreign = run.Node.Machine(100);
        Assert.NotNull(foreign);
        Assert.False(foreign.MadeByScript);
        Assert.True(foreign.Running);
        Assert.Contains(run.Node.Volumes, v => v.Owner == 100 && !v.MadeByScript);
        if (choice is "other-vmid")
            Assert.True(run is { ExitCode: 0 } && run.Node.Machine(101) is not null, run.Output);
        else
            Assert.NotEqual(0, run.ExitCode);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Destroying_it_needs_an_explicit_yes()
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Terminal = true,
            Answers = ["destroy-existing", "no", "other-vmid", "101"],
            Faults = [RecoveryRun.AnotherAdminTakesTheId],
        }.RunAsync();

        Assert.False(run.Node.Machine(100)?.MadeByScript);
        // A no leads back to the menu.
        Assert.Equal(2, run.Menus.Count);
        Assert.True(run.Node.Machine(101)?.MadeByScript);
        var question = Assert.Single(run.RecoveryDialogs, d => d.Kind == "yesno");
        Assert.Contains("100", question.Text, StringComparison.Ordinal);
        Assert.Contains("somebody-elses", question.Text, StringComparison.Ordinal);
        Assert.Contains("running", question.Text, StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task After_that_yes_it_is_replaced()
    {
        var run = await new RecoveryRun("cloud-image-vm")
        {
            Terminal = true,
            Answers = ["destroy-existing", "yes"],
            Faults = [RecoveryRun.AnotherAdminTakesTheId],
        }.RunAsync();

        Assert.Equal(0, run.ExitCode);
        Assert.True(run.Node.Machine(100)?.MadeByScript);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("", "is no VM of this node")]
    [InlineData("protection: 1", "has 'protection: 1' and stays")]
    public async Task What_could_not_be_destroyed_is_not_stopped_and_not_asked_about(string config, string expected)
    {
        var run = await LibraryShell.RunAsync($$"""
            {{LibraryShell.Node}}
            [[ -z $CONFIG ]] || printf 'name: precious\n%s\n' "$CONFIG" >/run/node/100
            sed -i '2i echo "$*" >>/run/calls' /run/bin/qm
            _vm_has_terminal() { :; }
            _vm_await() { echo asked; }
            _VM_RUN=/run; : >/run/journal
            _vm_destroy_existing || echo kept
            grep -E '^(stop|destroy)' /run/calls
            """, ("CONFIG", config));

        Assert.Equal("kept\n", run.Output);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
