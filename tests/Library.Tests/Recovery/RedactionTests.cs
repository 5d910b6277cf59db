using VmRecovery.Model.Redaction;

namespace VmRecovery.Tests.Recovery;

/// <summary>What a log shows of commands and messages: in C# and in bash the same, and never a secret.</summary>
public sealed class RedactionTests
{
    private const int TimeLimit = 60_000;
    private const string Secret = "ge4Heim";

    /// <summary>Commands, words separated by a bar, and what is shown of them.</summary>
    public static TheoryData<string, string> Commands => new()
    {
        { $"qm|set|100|--cipassword|{Secret}", "qm set 100 --cipassword <hidden>" },
        { $"qm|set|100|-cipassword={Secret}|--name|x", "qm set 100 -cipassword=<hidden> --name x" },
        { $"qm|set|100|--args|-smbios type=11,value={Secret}", "qm set 100 --args <hidden>" },
        { $"qm|guest|exec|100|--|sh|-c|echo root:{Secret}", "qm guest exec 100 <hidden>" },
        { $"qm|sendkey|100|{Secret}", "qm sendkey 100 <hidden>" },
        { "qm|create|100|-name|haos|-net0|virtio,bridge=vmbr0|-onboot|1", "qm create 100 -name haos -net0 virtio,bridge=vmbr0 -onboot 1" },
        { "qm|importdisk|100|/tmp/a.qcow2|local-lvm|-format|raw", "qm importdisk 100 /tmp/a.qcow2 local-lvm -format raw" },
        { "qm|resize|100|scsi0|+8G", "qm resize 100 scsi0 +8G" },
        { "pvesm|alloc|local-lvm|100|vm-100-disk-0|4M", "pvesm alloc local-lvm 100 vm-100-disk-0 4M" },
        { $"pvesm|add|pbs|x|--password|{Secret}", "pvesm add pbs x --password <hidden>" },
        { $"curl|-fsSLu|me:{Secret}|https://host/x", "curl -fsSLu <hidden> https://host/x" },
        { $"curl|-ume:{Secret}|https://host/x", "curl -u<hidden> https://host/x" },
        { $"curl|-H|X-Anything: {Secret}|https://host/x", "curl -H <hidden> https://host/x" },
        { $"curl|-E|cert.pem:{Secret}|https://host/x", "curl -E <hidden> https://host/x" },
        { $"curl|-x|u:{Secret}@p:3128|https://host/x", "curl -x <hidden>@p:3128 https://host/x" },
        { $"curl|https://u:{Secret}@host/y?code={Secret}", "curl https://<hidden>@host/y?<hidden>" },
        { "curl|-f#SL|-o|/root/a.xz|https://host/releases/a-14.2.xz", "curl -f#SL -o /root/a.xz https://host/releases/a-14.2.xz" },
        { $"wget|-q|--header=Authorization: {Secret}|https://host/x", "wget -q --header=<hidden> https://host/x" },
        { "wget|-q|--show-progress|-O|a.img|https://host/a.img", "wget -q --show-progress -O a.img https://host/a.img" },
        { $"virt-customize|-a|i|--root-password|password:{Secret}", "virt-customize -a i --root-password <hidden>" },
        { $"virt-customize|-a|i|--run-command|useradd -p {Secret} bob", "virt-customize -a i --run-command useradd <hidden>" },
        { $"virt-customize|-a|i|--run-command|PGPASSWORD={Secret} psql", "virt-customize -a i --run-command <hidden>" },
        { $"virt-customize|-a|i|--firstboot-command|curl -u me:{Secret} https://x", "virt-customize -a i --firstboot-command curl <hidden>" },
        { "virt-customize|-q|-a|i|--install|a,b|--hostname|h", "virt-customize -q -a i --install a,b --hostname h" },
        { $"unzip|-P{Secret}|a.zip", "unzip -P<hidden> a.zip" },
        { $"openssl|enc|-k|pass:{Secret}", "openssl <hidden> -k pass:<hidden>" },
        { "xz|--decompress|a.xz", "xz --decompress a.xz" },
        { "qemu-img|resize|a.qcow2|10G", "qemu-img resize a.qcow2 10G" },
    };

    /// <summary>Messages, and what is shown of them.</summary>
    public static TheoryData<string, string> Messages => new()
    {
        { $"password is {Secret}", "password is <hidden>" },
        { $"PASSWORD {Secret} rejected", "PASSWORD <hidden> rejected" },
        { $"root password set to {Secret} and more", "root password set to <hidden> and <hidden>" },
        { $"{{\"access_token\":\"{Secret}\",\"x\":1}}", "{\"access_token\":\"<hidden>" },
        { $"ghp_{Secret} is no valid token", "<hidden> is no valid token" },
        { $"invalid API key {Secret}", "invalid API key <hidden>" },
        { $"$6$salt${Secret}", "<hidden>" },
        { $"user:{Secret}@host failed", "<hidden>@host failed" },
        { $"connection string Server=x;Pwd={Secret}", "<hidden> Server=x;Pwd=<hidden>" },
        { $"a\n-----BEGIN RSA PRIVATE KEY-----\n{Secret}\n-----END RSA PRIVATE KEY-----\nb", "a\n<hidden>\nb" },
        { "storage 'local-lvm' does not exist", "storage 'local-lvm' does not exist" },
        { "qemu-img: /x/vm-100-disk-0.raw: Could not write: No space left on device", "qemu-img: /x/vm-100-disk-0.raw: Could not write: No space left on device" },
        { "mount of nfs host:/export failed", "mount of nfs host:/export failed" },
    };

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Commands))]
    public async Task A_command_shows(string words, string shown)
    {
        var run = await LibraryShell.RunAsync("IFS='|' read -ra words <<<\"$WORDS\"; _vm_command_line \"${words[@]}\"; printf '%s' \"$_line\"", ("WORDS", words));

        Assert.Equal((shown, shown), (Redactor.CommandLine(words.Split('|')), run.Output));
    }

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Messages))]
    public async Task A_message_shows(string text, string shown)
    {
        var run = await LibraryShell.RunAsync("_vm_redact \"$TEXT\"; printf '%s' \"$_text\"", ("TEXT", text));

        Assert.Equal((shown, shown), (Redactor.Text(text), run.Output));
    }
}
