namespace VmRecovery.Tests.Recovery;

/// <summary>What programs print is text: it is read, and shown, and never run.</summary>
public sealed class HostileTextTests
{
    private const int TimeLimit = 30_000;

    /// <summary>Ends with what the text made bash do, if anything.</summary>
    private const string Evidence = "\ncat /run/calls 2>/dev/null; ls /run/pwned /tmp/pwned 2>/dev/null; :";

    public static TheoryData<string, string> Texts => new()
    {
        { "a command substitution", """printf '%s\n' '$(touch /run/pwned) no space left on device'""" },
        { "backticks", """printf '%s\n' '`touch /run/pwned` no space left on device'""" },
        { "an array subscript", """printf '%s\n' 'a[$(touch /run/pwned)] no space left on device'""" },
        { "printf directives", """printf '%s\n' '%s%n%s%d %(%H)T no space left on device'""" },
        { "control sequences", """printf '\033]0;title\007\033[2J\033[31m no space left on device\r\033[K\n'""" },
        { "NUL bytes", """printf 'a\0b\0\n\0no space left on device\0\n'""" },
        { "invalid UTF-8", """printf '\377\376\300\257 no space left on device \200\n'""" },
        { "no newline at the end", """printf 'no space left on device'""" },
        { "a very long line", """head -c 8000 /dev/zero | tr '\0' x; printf ' no space left on device\n'""" },
    };

    [Theory(Timeout = TimeLimit)]
    [MemberData(nameof(Texts))]
    public async Task The_class_is_found_in_spite_of(string what, string writer)
    {
        var run = await LibraryShell.RunAsync($$"""
            { {{writer}}; } >/tmp/log
            vm_classify_error 255 /tmp/log 'pvesm alloc local 100 vm-100-disk-0 4M'
            {{Evidence}}
            """);

        Assert.True(run.Output == "storage-full\n", $"{what}: {run.Output}\n{run.Error}");
        Assert.Equal("", run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("a[$(touch /run/pwned)]")]
    [InlineData("$(touch /run/pwned)")]
    [InlineData("1; touch /run/pwned")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    public async Task An_exit_code_that_is_none_is_not_computed(string exitCode)
    {
        var run = await LibraryShell.RunAsync($"""
            : >/tmp/log
            vm_classify_error "$CODE" /tmp/log 'qm start 100'
            is_download_error "$CODE" /tmp/log 'curl -o x y'
            is_unknown_error "$CODE" /tmp/log 'curl -o x y'
            {Evidence}
            """, ("CODE", exitCode));

        Assert.Matches("^[a-z-]*\n?$", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("vm_show_recovery_menu 1 \"$hostile\"")]
    [InlineData("vm_show_recovery_menu \"$hostile\" 1")]
    [InlineData("VM_RECOVERY_MAX_RETRIES=$hostile vm_show_recovery_menu 1 1")]
    [InlineData("VM_RECOVERY_TIMEOUT=$hostile vm_show_recovery_menu 1 1")]
    [InlineData("vm_show_recovery_menu 1 08")]
    public async Task What_is_no_number_is_not_computed_by_the_menu(string call)
    {
        var run = await LibraryShell.RunAsync($$"""
            VMID=100 hostile='a[$(touch /run/pwned)]'
            {{call}}
            ls /run/pwned 2>/dev/null
            """);

        Assert.Equal(("keep\n", ""), (run.Output, run.Error));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("$(touch /run/pwned)")]
    [InlineData("`touch /run/pwned`")]
    [InlineData("qm'; touch /run/pwned; '")]
    [InlineData("*")]
    [InlineData("qm create 100 --name \"a b\" 'c")]
    public async Task A_command_is_text_too(string command)
    {
        var run = await LibraryShell.RunAsync($"""
            : >/tmp/log
            vm_classify_error 1 /tmp/log "$COMMAND"
            {Evidence}
            """, ("COMMAND", command));

        Assert.Matches("^[a-z-]+\n$", run.Output);
        Assert.Equal("", run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_log_of_100_MB_is_read_at_its_end()
    {
        var run = await LibraryShell.RunAsync("""
            yes 'all is well so far' | head -c 100M >/tmp/log
            echo 'no space left on device' >>/tmp/log
            vm_classify_error 255 /tmp/log 'pvesm alloc local 100 vm-100-disk-0 4M'
            """, ("TMP_SIZE", "200m"));

        Assert.Equal("storage-full\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Without_a_program_at_hand_a_long_log_is_read_all_the_same()
    {
        var run = await LibraryShell.RunAsync("""
            yes 'all is well so far' | head -c 1M >/tmp/log
            echo 'no space left on device' >>/tmp/log
            PATH=/nowhere
            vm_classify_error 255 /tmp/log 'pvesm alloc local 100 vm-100-disk-0 4M'
            """);

        Assert.Equal("storage-full\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_missing_log_is_an_empty_one()
    {
        var run = await LibraryShell.RunAsync("vm_classify_error 6 /tmp/none 'curl -o x https://images.example.org/x'");

        Assert.Equal("download\n", run.Output);
        Assert.Equal("", run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("a link", "ln -s /run/precious /tmp/vm-install-100.log")]
    [InlineData("a hard link", "cp /run/precious /tmp/precious; ln /tmp/precious /tmp/vm-install-100.log")]
    [InlineData("a file of somebody else", "cp /run/precious /tmp/vm-install-100.log")]
    [InlineData("a directory", "mkdir /tmp/vm-install-100.log")]
    [InlineData("a pipe", "mkfifo /tmp/vm-install-100.log")]
    public async Task What_stands_at_the_logs_name_is_left_alone(string what, string plant)
    {
        var run = await LibraryShell.RunAsync($$"""
            echo precious >/run/precious
            {{plant}}
            before=$(stat -c '%F %i %s %Y' /tmp/vm-install-100.log)
            create_vm() { echo "creating" >&2; false; }
            ( VMID=100; vm_create_with_recovery create_vm ) </dev/null >/run/out 2>&1
            echo "status $?"
            [[ $(stat -c '%F %i %s %Y' /tmp/vm-install-100.log) == "$before" ]] && echo same
            cat /run/precious
            """);

        Assert.True(run.Output == "status 1\nsame\nprecious\n", $"{what}: {run.Output}\n{run.Error}");
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Names_with_blanks_and_quotes_reach_the_node_as_they_are()
    {
        var run = await LibraryShell.RunAsync("""
            STORAGE="my 'big' \"disk\""
            HN='web $(touch /run/pwned) 1'
            create_vm() {
              qm create "$VMID" -name "$HN"
              pvesm alloc "$STORAGE" "$VMID" vm-100-disk-0 4M
              return 5
            }
            ( VMID=100 VM_RECOVERY=abort; vm_create_with_recovery create_vm ) </dev/null >/run/out 2>&1
            echo "status $?"
            grep -Fc 'qm create 100 -name web $(touch /run/pwned) 1' /run/calls
            grep -Fc "pvesm alloc my 'big' \"disk\" 100 vm-100-disk-0 4M" /run/calls
            ls /run/pwned 2>/dev/null
            """);

        Assert.Equal("status 5\n1\n1\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Secrets_do_not_reach_the_log()
    {
        var run = await LibraryShell.RunAsync("""
            create_vm() {
              qm create "$VMID" && qm set "$VMID" --cipassword 'hunter2 secret' --sshkeys /tmp/keys
              echo "token=abcdef0123" >&2
              false
            }
            ( VMID=100; vm_create_with_recovery create_vm ) </dev/null >/run/out 2>&1
            stat -c %a /tmp/vm-install-100.log
            grep -c 'hunter2' /tmp/vm-install-100.log
            """);

        Assert.Equal("600\n0\n", run.Output);
    }
}
