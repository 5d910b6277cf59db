namespace VmRecovery.Tests.Recovery;

/// <summary>What a section asks by itself: once, whatever is tried again, and without an answer it is the user who stopped.</summary>
public sealed class SectionDialogTests
{
    private const int TimeLimit = 60_000;

    // Says what it was asked, and answers by what stands in $ANSWERS; a number is a status.
    private const string Whiptail = LibraryShell.Node + """

        cat >/run/bin/whiptail <<'WHIPTAIL'
        #!/bin/bash
        echo "${*//[^[:alnum:]]/ }" >>/run/asked
        set -- "$(wc -l </run/asked)" $ANSWERS
        answer=${*:$1+1:1}
        if [[ $answer == [0-9]* ]]; then exit "$answer"; else printf %s "$answer" >&2; fi
        WHIPTAIL
        chmod +x /run/bin/whiptail
        fails_once() { [[ -e /run/failed ]] || { : >/run/failed; false; }; }
        post_update_to_api() { echo "$*" >>/run/told; }
        POST_TO_API_DONE=true

        """;

    [Theory(Timeout = TimeLimit)]
    [InlineData("a text", "here", "answer=$(whiptail --inputbox Where 8 60 3>&1 1>&2 2>&3)", "here")]
    [InlineData("two of the same words", "one two", "for i in 1 2; do answer+=$(whiptail --inputbox Which 8 60 3>&1 1>&2 2>&3); done", "onetwo")]
    [InlineData("several lines", "a b", "answer=$(whiptail --checklist $'Which\\nones' 8 60 2 a A on b B on 3>&1 1>&2 2>&3)", "a")]
    [InlineData("a yes", "0", "if whiptail --yesno Cache 8 60; then answer=yes; else answer=no; fi", "yes")]
    [InlineData("a no", "1", "if whiptail --yesno Cache 8 60; then answer=yes; else answer=no; fi", "no")]
    public async Task An_answer_counts_for_the_next_attempt_too(string what, string answers, string section, string expected)
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + $$"""
                VM_RECOVERY=retry
                create_vm() { answer=; {{section}}; echo "$answer" >>/run/answers; qm create 100 --name mine; fails_once; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                echo "$?"; cat /run/answers; wc -l </run/asked
                """,
            ("ANSWERS", answers));

        var asked = expected.Length > 5 ? 2 : 1;
        Assert.True(run.Output == $"0\n{expected}\n{expected}\n{asked}\n", what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_dialog_without_an_answer_is_asked_again()
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + """
                VM_RECOVERY=retry
                create_vm() { answer=$(whiptail --inputbox Where 8 60 3>&1 1>&2 2>&3) || exit; qm create 100 --name "$answer"; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                echo "$?"; cat /run/node/100 | head -1
                """,
            ("ANSWERS", "255 here"));

        Assert.Equal("0\nname: here\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("answer=$(whiptail --inputbox Where 8 60 3>&1 1>&2 2>&3) || exit", "1", 1)]
    [InlineData("answer=$(whiptail --inputbox Where 8 60 3>&1 1>&2 2>&3) || exit", "255", 255)]
    [InlineData("whiptail --yesno 'Go on?' 8 60 || exit", "1", 1)]
    public async Task Whoever_leaves_it_stopped_the_creation(string section, string answer, int exitCode)
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + $$"""
                create_vm() { {{section}}; qm create 100 --name mine; }
                (vm_create_with_recovery create_vm) 2>&1 | grep -o 'The creation was cancelled'
                cat /run/told
                """,
            ("ANSWERS", answer));

        Assert.Equal($"The creation was cancelled\naborted {exitCode}\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Cancel_is_no_answer_whatever_the_dialogs_words_are()
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + """
                VM_RECOVERY=retry
                create_vm() { answer=$(whiptail --title 'a --yesno b' --inputbox Where 8 60 3>&1 1>&2 2>&3) || exit; qm create 100 --name "$answer"; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                echo "$?"; cat /run/node/100 | head -1
                """,
            ("ANSWERS", "1 here"));

        Assert.Equal("0\nname: here\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_message_box_does_not_hide_what_failed_before()
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + """
                printf '#!/bin/bash\nexit 22\n' >/run/bin/curl; chmod +x /run/bin/curl
                VM_RECOVERY=keep
                create_vm() { curl -fsL -o /tmp/x https://host/x || { whiptail --msgbox Sorry 8 60; exit 1; }; }
                (vm_create_with_recovery create_vm) 2>&1 | grep -o 'Failed.*'
                """,
            ("ANSWERS", "0"));

        Assert.Equal("Failed (exit code 1): curl -fsL -o /tmp/x https://host/x\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_dialog_says_is_no_message_of_what_failed()
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + """
                VM_RECOVERY=keep
                create_vm() { whiptail --yesno 'Is there no space left on device?' 8 60 || true; nothing; }
                (vm_create_with_recovery create_vm) 2>&1 | grep 'Failed'
                """,
            ("ANSWERS", "1"));

        Assert.Equal("The program nothing was not found. Failed (exit code 127): nothing\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_no_is_not_to_blame_for_what_fails_later()
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + """
                create_vm() { whiptail --yesno 'Use DHCP?' 8 60 || dhcp=no; [[ -e /nosuch ]] || exit 7; }
                (vm_create_with_recovery create_vm) 2>&1 | grep -o 'Failed.*'
                cat /run/told
                """,
            ("ANSWERS", "1"));

        Assert.Equal("Failed (exit code 7): exit 7\nfailed 7\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task An_answer_does_not_reach_the_log()
    {
        var run = await LibraryShell.RunAsync(
            Whiptail + """
                VM_RECOVERY=keep
                create_vm() { answer=$(whiptail --passwordbox Word 8 60 3>&1 1>&2 2>&3); qm create 100 --name mine; false; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                grep -rc geheim /run/out /tmp/vm-install-100.log
                """,
            ("ANSWERS", "geheim"));

        Assert.Equal("/run/out:0\n/tmp/vm-install-100.log:0\n", run.Output);
    }
}
