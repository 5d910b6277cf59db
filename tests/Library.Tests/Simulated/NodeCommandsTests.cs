using VmRecovery.Node.Simulated.Commands;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Tests.Simulated;

/// <summary>The node's commands against what was observed on real ones (reference/pve-observed.md).</summary>
public sealed class NodeCommandsTests
{
    private readonly NodeState node = NodeState.Installed();

    public NodeCommandsTests()
    {
        node.Add(new Storage("dir1", StorageKind.Dir));
        node.Add(new Storage("btr", StorageKind.Btrfs));
        node.Add(new Storage("zfs", StorageKind.ZfsPool));
        node.Add(new Storage("off", StorageKind.Dir) { Enabled = false });
        node.Add(new Storage("isoonly", StorageKind.Dir) { Content = new(StringComparer.Ordinal) { "iso" } });
    }

    [Theory]
    [InlineData("qm", 255, "ERROR: no command specified")]
    [InlineData("qm disk", 255, "ERROR: incomplete command 'qm disk'")]
    [InlineData("qm nosuch", 255, "ERROR: unknown command 'qm nosuch'")]
    [InlineData("qm disk import --help", 2, "Unknown option: help\n400 unable to parse option\nqm disk import <vmid> <source> <storage> [OPTIONS]")]
    [InlineData("qm destroy --purge 100", 2, "400 not enough arguments\nqm destroy <vmid> [OPTIONS]")]
    [InlineData("qm destroy 100 -purge=1", 2, "Unknown option: purge=1")]
    [InlineData("qm destroy 999", 2, "Configuration file 'nodes/pve/qemu-server/999.conf' does not exist")]
    [InlineData("qm status 99", 2, "vmid: invalid format - value does not look like a valid VM ID")]
    [InlineData("qm status abc", 2, "vmid: type check ('integer') failed - got 'abc'")]
    [InlineData("qm status 999", 2, "Configuration file 'nodes/pve/qemu-server/999.conf' does not exist")]
    [InlineData("qm stop 999", 255, "unable to find configuration file for VM 999 on node 'pve'")]
    [InlineData("qm set 100", 2, "no options specified")]
    [InlineData("qm set 100 --boot order=scsi9", 255, "invalid bootorder: device 'scsi9' does not exist'")]
    [InlineData("qm set 100 --scsi0 local-lvm:vm-100-disk-77", 25, "no such logical volume pve/vm-100-disk-77")]
    [InlineData("qm set 100 --scsi0 dir1:vm-100-disk-77", 255, "unable to parse directory volume name 'vm-100-disk-77'")]
    [InlineData("qm set 100 --name under_score", 2, "name: invalid format - value does not look like a valid DNS name")]
    [InlineData("qm create 100 --name again", 255, "unable to create VM 100 - VM 100 already exists on node 'pve'")]
    [InlineData("qm create 777", 255, "unable to create VM 777 - CT 777 already exists on node 'pve'")]
    [InlineData("qm create 102", 255, "unable to create VM 102 - VM 102 already exists on node 'other'")]
    [InlineData("qm status 102", 2, "Configuration file 'nodes/pve/qemu-server/102.conf' does not exist")]
    [InlineData("pvesm free off:100/vm-100-disk-0.raw", 0, "storage 'off' is disabled")]
    [InlineData("qm create 101 --sata0 nosuch:8", 255, "storage 'nosuch' does not exist")]
    [InlineData("qm create 101 --sata0 off:1", 255, "unable to create VM 101 - storage 'off' is disabled")]
    [InlineData("qm create 101 --nosuch 1", 2, "Unknown option: nosuch")]
    [InlineData("qm resize 100 scsi9 +1G", 0, "disk 'scsi9' does not exist")]
    [InlineData("qm resize 999 scsi0 +1G", 0, "Configuration file 'nodes/pve/qemu-server/999.conf' does not exist")]
    [InlineData("qm sendkey 100 ret", 2, "VM 100 not running")]
    [InlineData("qm guest cmd 100 ping", 2, "VM 100 is not running")]
    [InlineData("qm importdisk 100 /nosuch local-lvm", 2, "/nosuch: non-existent or non-regular file")]
    [InlineData("pvesm alloc nosuch 100 x.raw 4M", 255, "storage 'nosuch' does not exist")]
    [InlineData("pvesm alloc dir1 100 vm-100-disk-3 4M", 25, "unable to parse volume filename 'vm-100-disk-3'")]
    [InlineData("pvesm alloc local-lvm 100 vm-200-disk-1 4M", 25, "illegal name 'vm-200-disk-1' - should be 'vm-100-*'")]
    [InlineData("pvesm list local 100", 2, "400 too many arguments")]
    [InlineData("pvesm free nosuch:x", 255, "storage 'nosuch' does not exist")]
    [InlineData("pvesm status -content nosuch", 2, "content: invalid format - invalid content type 'nosuch'")]
    [InlineData("pct status 999", 2, "Configuration file 'nodes/pve/lxc/999.conf' does not exist")]
    [InlineData("pvesh get /cluster/nosuch", 1, "No 'get' handler defined for '/cluster/nosuch'")]
    public void A_wrong_command_exits_and_complains_as_on_a_real_node(string command, int exitCode, string complaint)
    {
        node.Containers[777] = "ct";
        node.AddMachineElsewhere(102, "theirs");
        Run("qm create 100 --name vm");

        var reply = Run(command);

        Assert.Equal(exitCode, reply.ExitCode);
        Assert.Contains(complaint, reply.Text(isError: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("local-lvm", "vm-100-disk-0", "local-lvm:vm-100-disk-0")]
    [InlineData("dir1", "vm-100-disk-0.raw", "dir1:100/vm-100-disk-0.raw")]
    [InlineData("btr", "vm-100-disk-0.raw", "btr:100/vm-100-disk-0.raw")]
    [InlineData("zfs", "vm-100-disk-0", "zfs:vm-100-disk-0")]
    public void Alloc_names_the_volume_as_the_storage_does(string storage, string name, string volumeId)
    {
        var reply = Run($"pvesm alloc {storage} 100 {name} 4M");

        Assert.Equal(0, reply.ExitCode);
        Assert.Contains($"successfully created '{volumeId}'\n", reply.Text(isError: false), StringComparison.Ordinal);
        Assert.NotEqual(0, Run($"pvesm alloc {storage} 100 {name} 4M").ExitCode);
    }

    [Fact]
    public void An_import_becomes_unused0_and_is_attached_with_its_size()
    {
        var image = Path.GetTempFileName();
        File.AppendAllText(image, new string('x', 4 << 20));
        try
        {
            Run("qm create 100");

            var import = Run($"qm importdisk 100 {image} local-lvm");
            var set = Run("qm set 100 --efidisk0 local-lvm:0,efitype=4m --scsi0 local-lvm:vm-100-disk-0,ssd=1,discard=on --boot order=scsi0");

            Assert.EndsWith("unused0: successfully imported disk 'local-lvm:vm-100-disk-0'\n", import.Text(isError: false), StringComparison.Ordinal);
            Assert.Equal(0, set.ExitCode);
            Assert.Equal("local-lvm:vm-100-disk-0,discard=on,size=4M,ssd=1", node.Machines[100].Config["scsi0"]);
            Assert.Equal("local-lvm:vm-100-disk-1,efitype=4m,size=4M", node.Machines[100].Config["efidisk0"]);
            Assert.False(node.Machines[100].Config.ContainsKey("unused0"));
            Run("qm resize 100 scsi0 8G");
            Assert.Contains("size=8G", node.Machines[100].Config["scsi0"], StringComparison.Ordinal);
            Assert.Equal("shrinking disks is not supported\n", Run("qm resize 100 scsi0 4G").Text(isError: true));
        }
        finally
        {
            File.Delete(image);
        }
    }

    [Fact]
    public void A_full_pool_undoes_a_create_and_a_full_directory_leaves_the_efi_image()
    {
        node.Storages["local-lvm"].Full = true;
        node.Storages["dir1"].Full = true;

        Assert.Equal(255, Run("qm create 101 --sata0 dir1:1 --sata1 local-lvm:1").ExitCode);
        Assert.Empty(node.Volumes);
        Assert.Equal(255, Run("qm create 102 --efidisk0 dir1:0,efitype=4m").ExitCode);

        Assert.Empty(node.Machines);
        Assert.Equal("dir1:102/vm-102-disk-0.raw", Assert.Single(node.Volumes).Id);
    }

    [Fact]
    public void Destroy_leaves_what_the_config_does_not_name_and_what_another_vm_owns()
    {
        Run("qm create 100 --scsi0 local-lvm:1");
        Run("pvesm alloc local-lvm 100 vm-100-disk-7 4M");
        Run("pvesm alloc local-lvm 200 vm-200-disk-0 4M");
        Run("qm set 100 --scsi1 local-lvm:vm-200-disk-0");

        Assert.Equal(0, Run("qm destroy 100 --purge").ExitCode);

        Assert.Equal(["local-lvm:vm-100-disk-7", "local-lvm:vm-200-disk-0"], node.Volumes.Select(v => v.Id));
    }

    [Fact]
    public void A_volume_that_cannot_be_removed_makes_destroy_warn_and_exit_0()
    {
        Run("qm create 100 --scsi0 dir1:1");
        node.Storages["dir1"].KeepsEverything = true;

        var reply = Run("qm destroy 100");

        Assert.Equal(0, reply.ExitCode);
        Assert.Equal("Task finished with 1 warning(s)!\n", reply.Text(isError: true));
        Assert.Empty(node.Machines);
        Assert.Single(node.Volumes);
    }

    [Fact]
    public void A_list_shows_the_kinds_of_content_that_were_asked_for()
    {
        node.AddForeignContainer(101, "ct");
        node.AddFilesOfOthers(100);
        Run("pvesm alloc dir1 100 vm-100-disk-0.raw 4M");

        Assert.Equal(
            "Volid                      Format  Type        Size VMID\n"
            + "dir1:100/vm-100-disk-0.raw raw     images   4194304 100\n",
            Run("pvesm list dir1 --vmid 100 --content images").Text(isError: false));
        Assert.Equal(
            ["dir1:100/vm-100-disk-0.raw", "dir1:backup/vzdump-qemu-100-2026_01_01-00_00_00.vma.zst", "dir1:import/vm-100-disk-0.qcow2", "dir1:snippets/vm-100-user.yaml"],
            Ids("pvesm list dir1 --vmid 100"));
        Assert.Equal(["dir1:import/vm-100-disk-0.qcow2", "dir1:snippets/vm-100-user.yaml"], Ids("pvesm list dir1 --vmid 200"));
        Assert.Empty(Ids("pvesm list btr --vmid 101 --content images"));
        Assert.Equal(["btr:101/vm-101-disk-0.raw"], Ids("pvesm list btr --vmid 101 --content rootdir"));

        IEnumerable<string> Ids(string command) =>
            Run(command).Text(isError: false).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(' ')[0]);
    }

    [Theory]
    [InlineData("local-lvm", "lvremove 'pve/vm-100-disk-0' error:   Logical volume pve/vm-100-disk-0 in use.\n")]
    [InlineData("zfs", "zfs error: cannot destroy 'rpool/data/vm-100-disk-0': dataset is busy\n")]
    [InlineData("dir1", "")]
    public void The_disk_of_a_running_vm_can_only_be_freed_where_it_is_a_file(string storage, string complaint)
    {
        Run($"qm create 100 --scsi0 {storage}:1");
        Run("qm start 100");

        var reply = Run("pvesm free " + Assert.Single(node.Volumes).Id);

        Assert.Equal(0, reply.ExitCode);
        Assert.Equal(complaint, reply.Text(isError: true));
        Assert.Equal(complaint.Length > 0, node.Volumes.Count == 1);
    }

    [Fact]
    public void Version_8_stops_a_destroy_at_a_storage_that_is_gone()
    {
        var old = new NodeState { Version = "pve-manager/8.4.14/b502d23c55afcba1 (running kernel: 6.8.12-15-pve)" };
        old.Add(new Storage("local-lvm", StorageKind.LvmThin));
        var machine = old.AddForeignMachine(100, "old", running: false);
        machine.Config["scsi1"] = "gone:vm-100-disk-1,size=4M";

        var reply = new NodeCommands(old, new ScriptFiles()).Run(["qm", "destroy", "100"], "/");

        Assert.Equal(255, reply.ExitCode);
        Assert.Equal("storage 'gone' does not exist\n", reply.Text(isError: true));
        Assert.Empty(old.Volumes);
        Assert.Single(old.Machines);
    }

    [Fact]
    public void Status_and_list_have_the_columns_of_a_real_node()
    {
        Run("qm create 100 --name debian --memory 2048 --scsi0 local-lvm:8");

        Assert.Equal(
            "      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       \n"
            + "       100 debian               stopped    2048               8.00 0         \n",
            Run("qm list").Text(isError: false));
        Assert.Equal(
            "Name            Type     Status     Total (KiB)      Used (KiB) Available (KiB)        %\n"
            + "local-lvm    lvmthin     active       209715200        20971520       188743680   10.00%\n",
            Run("pvesm status -storage local-lvm").Text(isError: false));
        Assert.Equal("101\n", Run("pvesh get /cluster/nextid").Text(isError: false));
    }

    private Reply Run(string command) => new NodeCommands(node, new ScriptFiles()).Run(command.Split(' '), "/");
}
