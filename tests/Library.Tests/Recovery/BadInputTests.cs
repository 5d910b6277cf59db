namespace VmRecovery.Tests.Recovery;

/// <summary>What a script or a user gets wrong is said before anything happens: exit 2 and an untouched node.</summary>
public sealed class BadInputTests
{
    private const int TimeLimit = 30_000;

    /// <summary>A script whose section notes that it ran; the last line shows what reached the node.</summary>
    private const string Script = """
        create_vm() { echo "section ran"; qm create "$VMID"; }
        trap 'cat /run/calls 2>/dev/null' EXIT
        """;

    [Theory(Timeout = TimeLimit)]
    [InlineData("an option that does not exist", "VMID=100; VM_RECOVERY=repeat; vm_create_with_recovery create_vm", "repeat")]
    [InlineData("one bad option in a list", "VMID=100; VM_RECOVERY=retry,bogus; vm_create_with_recovery create_vm", "bogus")]
    [InlineData("blanks in place of commas", "VMID=100; VM_RECOVERY='retry keep'; vm_create_with_recovery create_vm", "commas")]
    [InlineData("a second line", "VMID=100; VM_RECOVERY=$'keep\\nabort'; vm_create_with_recovery create_vm", "commas")]
    [InlineData("a section that is no function", "VMID=100; vm_create_with_recovery no_such_function", "no_such_function")]
    [InlineData("no section at all", "VMID=100; vm_create_with_recovery", "vm_create_with_recovery")]
    [InlineData("a program in place of a function", "VMID=100; vm_create_with_recovery ls", "ls")]
    [InlineData("no VMID", "unset VMID; vm_create_with_recovery create_vm", "VMID")]
    [InlineData("an empty VMID", "VMID=; vm_create_with_recovery create_vm", "VMID")]
    [InlineData("a command as VMID", "VMID='1; rm -rf /'; vm_create_with_recovery create_vm", "VMID")]
    [InlineData("an expression as VMID", "VMID='a[$(touch /run/calls)]'; vm_create_with_recovery create_vm", "VMID")]
    [InlineData("a number of retries that is none", "VMID=100; VM_RECOVERY_MAX_RETRIES=many; vm_create_with_recovery create_vm", "VM_RECOVERY_MAX_RETRIES")]
    [InlineData("a number with a zero in front", "VMID=100; VM_RECOVERY_MAX_RETRIES=08; vm_create_with_recovery create_vm", "VM_RECOVERY_MAX_RETRIES")]
    [InlineData("an option of bash that it does not work with", "shopt -s failglob; VMID=100; vm_create_with_recovery create_vm", "failglob")]
    [InlineData("an option by which A is a", "shopt -s nocasematch; VMID=100; vm_create_with_recovery create_vm", "nocasematch")]
    [InlineData("bash as a POSIX shell", "set -o posix; VMID=100; vm_create_with_recovery create_vm", "posix")]
    [InlineData("a time limit that is none", "VMID=100; VM_RECOVERY_TIMEOUT=x; vm_create_with_recovery create_vm", "VM_RECOVERY_TIMEOUT")]
    public async Task It_is_named_and_nothing_happens(string what, string call, string named)
    {
        var run = await LibraryShell.RunAsync(Script + "\n" + call);

        Assert.True(run.ExitCode == 2, $"{what}: exit {run.ExitCode}\n{run.Output}\n{run.Error}");
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_full_tmp_is_said_before_the_section_starts()
    {
        var run = await LibraryShell.RunAsync(
            Script + "\nhead -c 1M /dev/zero >/tmp/fill 2>/dev/null\nVMID=100; vm_create_with_recovery create_vm", ("TMP_SIZE", "16k"));

        Assert.True(run.ExitCode == 2, $"exit {run.ExitCode}\n{run.Output}\n{run.Error}");
        Assert.Contains("/tmp", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }
}
