namespace VmRecovery.Tests.Recovery;

/// <summary>What others do with the same numbers, storages and volumes while a run is at work, and after it was killed.</summary>
public sealed class SharedNodeTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("can't lock file '/var/lock/pve-manager/pve-storage-local-zfs' - got timeout", "Z:vm-100-disk-0\n")]
    [InlineData("timeout: no zvol device link for 'vm-100-disk-0' found after 10 sec.", "")]
    public async Task A_volume_that_a_zfs_storage_did_not_get_to(string refused, string left)
    {
        var run = await LibraryShell.RunAsync(
            ClusterShell.Cluster + """
                sed -i 's/B lvmthin/Z zfspool/' /run/bin/pvesm
                echo Z:vm-100-disk-0 >/run/volumes
                create_vm() { qm create 100 --name mine; pvesm alloc Z 100 vm-100-disk-0 4M; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/volumes
                """,
            ("REFUSED", refused));

        Assert.True(run.Output == left, run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("N:snippets/production.yaml")]
    [InlineData("N:backup/vzdump-qemu-100-2026_01_01.vma.zst")]
    public async Task A_snippet_or_backup_written_while_an_import_failed(string volume)
    {
        var run = await LibraryShell.RunAsync(
            ClusterShell.Cluster + $$"""
                echo {{volume}} >/run/volumes; mkdir -p /run/N/{{volume[2..volume.IndexOf('/', StringComparison.Ordinal)]}}
                create_vm() { qm create 100 --name mine; sleep 0.1; : >/run/N/{{volume[2..]}}; qm importdisk 100 /tmp/image N; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/volumes
                """,
            ("FAILS", "copy failed: No space left on device"));

        Assert.True(run.Output == volume + "\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_disk_that_a_guest_of_another_cluster_writes_to_while_an_import_fails()
    {
        var run = await LibraryShell.RunAsync(
            ClusterShell.Cluster + """
                echo N:100/vm-100-disk-0 >/run/volumes; : >/run/N/100/vm-100-disk-0; sleep 0.1
                create_vm() { qm create 100 --name mine; sleep 0.1; echo written >/run/N/100/vm-100-disk-0; qm importdisk 100 /tmp/image N; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/volumes; grep Still /run/out
                """,
            ("FAILS", "copy failed: No space left on device"));

        Assert.True(
            run.Output == "N:100/vm-100-disk-0\nStill there: volume N:100/vm-100-disk-0. Remove it with: pvesm free N:100/vm-100-disk-0\n",
            run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("A:vm-100-disk-0", "--cdrom A:iso/installer.iso --scsi0 B:8")]
    [InlineData("B:vm-100-disk-0", "--efidisk0 A:0,efitype=4m --scsi0 B:8")]
    public async Task A_volume_of_the_same_name_on_a_storage_that_the_command_names_too(string volume, string options)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            echo {{volume}} >/run/volumes
            create_vm() { qm create 100 --name mine {{options}}; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == volume + "\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_guest_says_that_was_made()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            printf 'A:vm-300-disk-0\nN:iso/debian.iso\n' >/run/volumes
            printf "successfully created 'A:vm-300-disk-0'\n%s\n" "successfully created 'N:iso/debian.iso'" >/run/guest
            create_vm() { qm create 100 --name mine; qm guest cmd 100 network-get-interfaces; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-300-disk-0\nN:iso/debian.iso\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("one attached by a guess, before the cloud-init disk failed", "qm set 100 -scsi0 A:vm-100-disk-1; qm set 100 -ide2 A:cloudinit")]
    [InlineData("one that is pending", "printf '[PENDING]\\nsata1: A:vm-100-disk-1,size=4M\\n' >>/run/node/100.conf; false")]
    [InlineData("one of ours that another VM uses by now", "pvesm alloc A 100 vm-100-disk-1 4M; qm set 100 -scsi0 A:vm-100-disk-1; theirs 'scsi1: A:vm-100-disk-1,size=4M' >/run/node/200.conf; false")]
    public async Task A_volume_that_would_go_with_the_vm(string what, string section)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            [[ "{{what}}" == *ours* ]] || echo A:vm-100-disk-1 >/run/volumes
            create_vm() { qm create 100 --name mine; {{section}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes; grep -c 'Still there: VM 100, with a volume' /run/out
            """);

        Assert.True(run.Output == "A:vm-100-disk-1\n1\n", what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_disks_of_a_vm_that_can_not_be_removed()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            create_vm() {
              qm create 100 --name mine; qm importdisk 100 /tmp/image A; qm set 100 -scsi0 A:vm-100-disk-2,size=4M
              pvesm alloc A 100 vm-100-disk-0 4M; qm set 100 -protection 1; false
            }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes; grep -c 'Still there: VM 100.' /run/out
            """);

        Assert.True(run.Output == "A:vm-100-disk-2\n1\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_storage_that_does_not_answer_after_a_failed_import_is_named()
    {
        var run = await LibraryShell.RunAsync(
            ClusterShell.Cluster + """
                create_vm() { qm create 100 --name mine; qm importdisk 100 /tmp/image N; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                grep -c 'Still there: perhaps a volume of VM 100 on N' /run/out
                grep -c Everything /run/out
                """,
            ("FAILS", "copy failed: Input/output error"), ("BROKEN", "N"));

        Assert.True(run.Output == "1\n0\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_disk_on_a_storage_that_lists_none_is_removed_all_the_same()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            sed -i 's/^list) .*/list) echo "Volid Format" ;;/; s/^  \(echo "Volid Format"\|if .*--content\).*//; s,^free) ,&rm "/run/N/${2#*:}"; ,' /run/bin/pvesm
            create_vm() { qm create 100 --name mine; pvesm alloc N 100 vm-100-disk-0.raw 4M; : >/run/N/vm-100-disk-0.raw; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            ls /run/N/*.raw
            """);

        Assert.True(run.Output.Length == 0, run.Output + run.Error);
    }
}
