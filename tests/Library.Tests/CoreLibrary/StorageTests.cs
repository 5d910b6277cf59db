namespace VmRecovery.Tests.CoreLibrary;

/// <summary>Storages, names of disks, and the VM's note.</summary>
public sealed class StorageTests
{
    private const string Two = "local dir active 98497780 10485760 88012020 10.65%\nzfs zfspool active 4194304 0 4194304 0.00%\n";
    private const string Gone = "nas nfs inactive 0 0 0 0.00%\n";

    [Theory]
    [InlineData("dir", ".qcow2|100/|qcow2||old")]
    [InlineData("nfs", ".qcow2|100/|qcow2||old")]
    [InlineData("cifs", ".qcow2|100/|qcow2||old")]
    [InlineData("cephfs", ".qcow2|100/|qcow2||old")]
    [InlineData("btrfs", ".raw|100/|raw||,efitype=4m")]
    [InlineData("lvmthin", "||raw|discard=on,|old")]
    [InlineData("zfspool", "||raw|discard=on,|old")]
    [InlineData("rbd", "||raw|discard=on,|old")]
    public async Task A_kind_of_storage_decides_how_disks_are_named(string kind, string layout) =>
        Assert.Equal(layout + "\n", (await CoreFunctions.RunAsync(
            $"VMID=100 THIN=discard=on, FORMAT=old; vm_apply_storage_layout {kind}; echo \"$DISK_EXT|$DISK_REF|$DISK_IMPORT_FORMAT|$THIN|$FORMAT\"")).Output);

    [Theory]
    [InlineData("local-lvm lvmthin active 1 1 1 1%\n", "", "", "local-lvm")]
    [InlineData("local-lvm lvmthin active 1 1 1 1%\n" + Gone, "", "", "local-lvm")]
    [InlineData("local-lvm lvmthin active 1 1 1 1%\n", "other", "", "local-lvm")]
    [InlineData(Two, "", "zfs", "zfs")]
    [InlineData(Two, "", "=|local", "local")]
    [InlineData(Two, "zfs", "", "zfs")]
    public async Task The_only_storage_is_taken_and_otherwise_the_user_chooses(string storages, string preset, string answers, string expected)
    {
        var outcome = await CoreFunctions.RunAsync(
            $"VMID=100 STORAGE='{preset}' HN=web; vm_select_storage; echo \"$STORAGE $STORAGE_TYPE $DISK_IMPORT_FORMAT\"",
            answers, ("FAKE_STORAGES", storages), ("FAKE_TYPE", "nfs"));

        Assert.Equal($"{expected} nfs qcow2\n", outcome.Output);
        Assert.Contains($"Using {expected} for Storage Location.", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("Virtual Machine ID is 100.", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("UNPLANNED DIALOG", outcome.Dialogs);
    }

    [Fact]
    public async Task The_choice_shows_kind_and_free_space()
    {
        var outcome = await CoreFunctions.RunAsync("VMID=100 HN=web; vm_select_storage", "zfs", ("FAKE_STORAGES", Two));

        Assert.Contains(
            "for web?\\nTo make a selection, use the Spacebar.\\n|16|61|6|local|  Type: dir        Free:    83.94GB |OFF|zfs|  Type: zfspool    Free:     4.00GB |OFF|",
            Assert.Single(outcome.Dialogs), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Gone)]
    public async Task Without_a_storage_the_script_ends(string storages)
    {
        var outcome = await CoreFunctions.RunAsync("VMID=100; vm_select_storage; echo not reached", "", ("FAKE_STORAGES", storages));

        Assert.Equal(("", 0), (outcome.Output, outcome.ExitCode));
        Assert.Contains("Unable to detect a valid storage location.", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vm_define_disk_references; echo \"$DISK0 $DISK0_REF $DISK1 $DISK1_REF ${DISK2:-none}\"",
        "vm-100-disk-0.raw s:100/vm-100-disk-0.raw vm-100-disk-1.raw s:100/vm-100-disk-1.raw none\n")]
    [InlineData("unset DISK_EXT DISK_REF; vm_define_disk_references 3; echo \"$DISK2 $DISK2_REF\"", "vm-100-disk-2 s:vm-100-disk-2\n")]
    public async Task Disks_are_numbered_from_0(string call, string output) =>
        Assert.Equal(output, (await CoreFunctions.RunAsync("VMID=100 STORAGE=s DISK_EXT=.raw DISK_REF=100/\n" + call)).Output);

    [Theory]
    [InlineData("APP='Docker'", ">Docker</h2>")]
    [InlineData("NSAPP=haos", ">haos VM</h2>")]
    public async Task The_note_names_the_application_and_where_to_ask(string name, string heading)
    {
        var outcome = await CoreFunctions.RunAsync($"VMID=100 {name}; set_description; printf '%s\\n' \"$DESCRIPTION\"");

        Assert.StartsWith("qm set 100 -description <center>", outcome.Calls[0], StringComparison.Ordinal);
        Assert.Contains(heading, outcome.Output, StringComparison.Ordinal);
        foreach (var place in new[] { "", "/discussions", "/issues" })
            Assert.Contains($"href='https://github.com/community-scripts/ProxmoxVE{place}'", outcome.Output, StringComparison.Ordinal);
    }
}
