namespace VmRecovery.Tests.Recovery;

/// <summary>What is written to the log and shown: secrets and escape sequences are taken out.</summary>
public sealed class ShownTextTests
{
    private const int TimeLimit = 30_000;

    public static TheoryData<string, string> Secrets => new()
    {
        { "qm set 100 --cipassword=geheim --name x", "qm set 100 --cipassword=<hidden> --name x" },
        { "password: geheim", "password: <hidden>" },
        { "{\"api_key\": \"geheim\", \"x\": 1}", "{\"api_key\": \"<hidden>\", \"x\": 1}" },
        { "Authorization: Bearer geheim", "Authorization: Bearer <hidden>" },
        { "> Authorization: PVEAPIToken=root@pam!ci=geheim", "> Authorization: PVEAPIToken=<hidden>" },
        { "authorization: geheim geheim", "authorization: <hidden>" },
        { "PVEAPIToken=root@pam!ci=geheim x", "PVEAPIToken=root@pam!ci=<hidden> x" },
        { "fetching https://admin:geheim@host/x", "fetching https://admin:<hidden>@host/x" },
        { "connect to http://host:8080/x token=geheim", "connect to http://host:8080/x token=<hidden>" },
        { "a\n-----BEGIN OPENSSH PRIVATE KEY-----\ngeheim\ngeheim\n-----END OPENSSH PRIVATE KEY-----\nb", "a\n<hidden>\nb" },
        { "-----BEGIN RSA PRIVATE KEY-----\ngeheim, cut off", "<hidden>" },
        { "ssh-ed25519 geheim me@home", "ssh-ed25519 <hidden> me@home" },
        { "{\"password\":\"a,b \\\"geheim\", \"x\": 1}", "{\"password\":\"<hidden>\", \"x\": 1}" },
        { "{\"Authorization\":\"Bearer geheim\"}", "{\"Authorization\":\"Bearer <hidden>" },
        { "AUTHORIZATION: Bearer geheim", "AUTHORIZATION: Bearer <hidden>" },
        { "Bearer geheim x", "Bearer <hidden> x" },
        { "https://admin:p@geheim@host/x", "https://admin:<hidden>@host/x" },
        { "https://geheim@host/x", "https://<hidden>@host/x" },
        { "cipassword: value 'geheim' is wrong", "cipassword: <hidden>" },
        { "password='geheim geheim' x", "password='<hidden>' x" },
        { "Cookie: PVEAuthCookie=PVE:root@pam:geheim", "Cookie: <hidden>" },
        { "token_value=geheim secret_key=geheim private_key=geheim passphrase=geheim", "token_value=<hidden> secret_key=<hidden> private_key=<hidden> passphrase=<hidden>" },
        { "https://host/image?X-Amz-Date=1&X-Amz-Signature=geheim&x=1", "https://host/image?X-Amz-Date=1&X-Amz-Signature=<hidden>&x=1" },
        { "https://host/image?sig=geheim x", "https://host/image?sig=<hidden> x" },
        { "https://admin:ge/heim@host/x", "https://admin:<hidden>@host/x" },
        { "https://host:8080/image@2 and https://host/image@2", "https://host:8080/image@2 and https://host/image@2" },
        { "https://me@home.org:ge/heim@host/x", "https://me@home.org:<hidden>@host/x" },
        { "virt-customize: error: echo root:geheim | chpasswd; exit 1", "<hidden> | chpasswd; exit 1" },
        { "chpasswd <<< \"root:geheim\"", "chpasswd <hidden>" },
        { "-----BEGIN PGP PRIVATE KEY BLOCK-----\ngeheim\n-----END PGP PRIVATE KEY BLOCK-----\nb", "<hidden>\nb" },
        { "nothing to hide: storage 'x' does not exist", "nothing to hide: storage 'x' does not exist" },
    };

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_is_hidden(string text, string expected)
    {
        var run = await LibraryShell.RunAsync("""_vm_redact "$TEXT"; printf '%s' "$_text" """, ("TEXT", text));

        Assert.Equal(expected, run.Output);
    }

    // What a command printed is looked through also when there is nothing in it, at the end of each.
    [Theory(Timeout = TimeLimit)]
    [InlineData("_vm_redact \"$words\"")]
    [InlineData("_vm_status=0 _verb='qm disk resize' _vm_out= _vm_err=$words _operands=(); _vm_after_node_command qm resize")]
    public async Task A_long_text_takes_no_seconds(string command)
    {
        var run = await LibraryShell.RunAsync($$"""
            words=$(yes 'transferred 1.0 MiB of 40.0 MiB (2.50%)' | head -c 16384)
            begun=${EPOCHREALTIME/./}
            {{command}}
            ((${EPOCHREALTIME/./} - begun < 1500000)) && echo quick
            """);

        Assert.True(run.Output == "quick\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("curl -uadmin:geheim https://host/x")]
    [InlineData("curl -fsSLu admin:geheim https://host/x")]
    [InlineData("curl --oauth2-bearer geheim https://host/x")]
    [InlineData("curl --proxy-user admin:geheim https://host/x")]
    [InlineData("curl --cookie session=geheim https://host/x")]
    [InlineData("curl -bsession=geheim https://host/x")]
    [InlineData("curl -b session=geheim https://host/x")]
    [InlineData("wget --http-password geheim https://host/x")]
    [InlineData("qm set 100 --sshkey geheim")]
    [InlineData("qm sendkey 100 geheim")]
    public async Task A_secret_among_the_words_of_a_command_is_hidden(string command)
    {
        var run = await LibraryShell.RunAsync("""read -ra words <<<"$COMMAND"; _vm_command_line "${words[@]}"; printf '%s' "$_line" """, ("COMMAND", command));

        Assert.DoesNotContain("geheim", run.Output, StringComparison.Ordinal);
        Assert.Contains("<hidden>", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("create_vm() { cp --token=geheim x y; }; vm_create_with_recovery create_vm")]
    [InlineData("set -e; trap vm_error_handler_with_recovery ERR; cp --token=geheim x y")]
    public async Task A_secret_in_the_line_that_failed_is_hidden(string script)
    {
        var run = await LibraryShell.RunAsync($$"""bash -c 'source /run/vm-core.func recovery; VMID=100; {{script}}' 2>&1 | grep -v unrecognized; cat /tmp/*.log""");

        Assert.Contains("cp --token=<hidden>", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("\u001b[31;1mred\u001b[0m", "red")]
    [InlineData("\u001b]0;title\u0007shown", "shown")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u001b[2J\u001b[1;1Hgone", "gone")]
    [InlineData("cut off \u001b[", "cut off ")]
    [InlineData("\u001b", "")]
    [InlineData("tab\there", "tab here")]
    public async Task An_escape_sequence_goes_as_a_whole(string text, string expected)
    {
        var run = await LibraryShell.RunAsync("""_vm_plain "$TEXT"; printf '%s' "$_text" """, ("TEXT", text));

        Assert.Equal(expected, run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData(": >/run/mine/keys; vm_show_recovery_menu 255 1", "What was typed into the guest can't be repeated: no retry.\n")]
    [InlineData("vm_show_recovery_menu 255 3", "No retry is left.\n")]
    [InlineData("vm_show_recovery_menu 255 2", "")]
    public async Task A_menu_without_a_retry_says_why(string menu, string expected)
    {
        var run = await LibraryShell.RunAsync($$"""
            mkdir /run/mine
            _VM_RUN=/run/mine
            _vm_has_terminal() { :; }
            _vm_prompt_choice() { grep retry <<<"$2" >&2; }
            {{menu}}
            """);

        Assert.Equal(("keep\n", expected), (run.Output, run.Error));
    }
}
