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
        { "nothing to hide: storage 'x' does not exist", "nothing to hide: storage 'x' does not exist" },
    };

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Secrets))]
    public async Task A_secret_is_hidden(string text, string expected)
    {
        var run = await LibraryShell.RunAsync("""_vm_redact "$TEXT"; printf '%s' "$text" """, ("TEXT", text));

        Assert.Equal(expected, run.Output);
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
        var run = await LibraryShell.RunAsync("""_vm_plain "$TEXT"; printf '%s' "$text" """, ("TEXT", text));

        Assert.Equal(expected, run.Output);
    }
}
