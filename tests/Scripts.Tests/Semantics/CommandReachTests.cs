using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Tests.Semantics;

public class CommandReachTests
{
    [Theory]
    [InlineData("qm destroy 100", "Destroy 100")]
    [InlineData("/usr/sbin/qm destroy 100", "Destroy 100")]
    [InlineData("$STD qm destroy 100", "Destroy 100")]
    [InlineData("sudo qm destroy 100", "Destroy 100")]
    [InlineData("sudo -u root -n qm destroy 100", "Destroy 100")]
    [InlineData("command qm destroy 100", "Destroy 100")]
    [InlineData("timeout -k 5 60 qm destroy 100", "Destroy 100")]
    [InlineData("timeout --signal=KILL 60 qm destroy 100", "Destroy 100")]
    [InlineData("env -u HOME A=1 qm destroy 100", "Destroy 100")]
    [InlineData("nice -n 5 ionice -c 3 qm destroy 100", "Destroy 100")]
    [InlineData("stdbuf -oL qm destroy 100", "Destroy 100")]
    [InlineData("nohup setsid qm destroy 100", "Destroy 100")]
    [InlineData("xargs -n 1 qm destroy", "Destroy ")]
    [InlineData("flock /run/x qm destroy 100", "Destroy 100")]
    [InlineData("run qm destroy 100", "Destroy 100")]
    [InlineData("mine() { \"$@\"; }\nmine qm destroy 100", "Destroy 100")]
    [InlineData("cmd=(qm destroy)\n\"${cmd[@]}\" 100", "Destroy 100")]
    [InlineData("bash -c 'qm destroy 100'", "Destroy 100")]
    [InlineData("eval 'qm destroy 100'", "Destroy 100")]
    [InlineData("x=$(qm destroy 100)", "Destroy 100")]
    [InlineData("trap 'qm destroy 100' EXIT", "Destroy 100")]
    [InlineData("pvesh delete /nodes/$HOSTNAME/qemu/$ID", "Destroy ")]
    [InlineData("pvesh create \"/nodes/$(hostname)/qemu\" -vmid 100", "Create ")]
    [InlineData("pvesh set /nodes/pve/qemu/100/config -onboot 1", "Configure ")]
    [InlineData("qm disk import 100 a.raw local", "Import 100")]
    [InlineData("qm importdisk 100 a.raw local", "Import 100")]
    [InlineData("qm disk resize 100 scsi0 8G", "Resize 100")]
    [InlineData("qm clone 9000 100", "Create 100")]
    [InlineData("pvesm free local:vm-100-disk-0", "Free ")]
    [InlineData("qm disk import --help", "")]
    [InlineData("command -v qm", "")]
    [InlineData("echo qm destroy 100", "")]
    [InlineData("# qm destroy 100", "")]
    [InlineData("cat <<E\nqm destroy 100\nE", "")]
    [InlineData("qm status 100", "")]
    [InlineData("$qm destroy 100", "")]
    public void A_command_is_known_by_what_it_reaches(string script, string expected)
    {
        var facts = VmScript.Read(new SourceFile("x.sh", System.Text.Encoding.UTF8.GetBytes(script)));

        var changes = facts
            .Commands.Where(c => c.Operation is { Changes: true })
            .Select(c => $"{c.Operation!.Verb} {c.Operation.Vmid?.Text}");

        Assert.Equal(expected, string.Join(", ", changes));
    }
}
