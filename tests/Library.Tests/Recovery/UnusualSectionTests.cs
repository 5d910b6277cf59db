namespace VmRecovery.Tests.Recovery;

/// <summary>Spellings and habits of scripts that differ from the usual ones: the recovery follows them.</summary>
public sealed class UnusualSectionTests
{
    private const int TimeLimit = 60_000;

    // An import makes a volume. `qm disk import` is there on newer nodes only.
    internal const string Images = LibraryShell.Node + """

        mv /run/bin/qm /run/bin/qm-node
        cat >/run/bin/qm <<'QM'
        #!/bin/bash
        [[ $1 != disk || -n $NEWER ]] || { echo "ERROR: unknown command 'qm disk'" >&2; exit 255; }
        [[ $* == *import* ]] || exec qm-node "$@"
        cat "$IMAGE" 2>/dev/null
        echo A:vm-100-disk-1 >>/run/volumes
        echo "unused0: successfully imported disk 'A:vm-100-disk-1'"
        QM
        chmod +x /run/bin/qm
        mkdir /tmp/work; cd /tmp/work; : >image

        """;

    [Theory(Timeout = TimeLimit)]
    [InlineData("qm create --name mine --memory 512 100")]
    [InlineData("qm create 100 --name mine; pvesm alloc --format raw A 100 vm-100-disk-0 4M")]
    [InlineData("qm create 100 --name=mine; NEWER=1 qm disk import --format raw 100 image A")]
    [InlineData("qm create 100 --name mine; qm importdisk --format=raw 100 image A")]
    [InlineData("set -C; qm create 100 --name mine; qm importdisk 100 image A")]
    [InlineData("set -f; qm create 100 --name mine; qm importdisk 100 image A")]
    public async Task What_it_made_is_removed_whatever_the_spelling(string section)
    {
        var run = await LibraryShell.RunAsync(Images + $$"""
            create_vm() { {{section}}; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            cat /run/volumes
            ls /run/node
            """);

        Assert.Equal(("1\n", ""), (run.Output, run.Error));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_older_spelling_of_an_import_may_follow_the_newer_one()
    {
        var run = await LibraryShell.RunAsync(Images + """
            create_vm() { qm create 100 --name mine; qm disk import 100 image A || qm importdisk 100 image A; }
            (vm_create_with_recovery create_vm) 2>/run/err
            echo "$?"
            """);

        Assert.Equal("unused0: successfully imported disk 'A:vm-100-disk-1'\n0\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("vm_create_with_recovery create_vm")]
    [InlineData("vm_create_with_recovery create_vm || exit")]
    public async Task A_section_with_an_EXIT_trap_of_its_own_is_no_failure(string call)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            create_vm() { qm create 100 --name mine; trap 'echo "its trap: $?"' EXIT; RESULT=made; }
            ({{call}}; echo "$RESULT") 2>&1
            ls /run/node /run/vm-recovery
            """);

        Assert.Equal("made\nits trap: 0\n/run/node:\n100\n\n/run/vm-recovery:\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_regex_found_is_not_lost_at_a_command()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            create_vm() {
              [[ debian-12.iso =~ -([0-9]+) ]]
              qm create 100 --name mine
              qm status 999 || echo "$? ${BASH_REMATCH[1]}"
            }
            (vm_create_with_recovery create_vm) 2>/run/err
            """);

        Assert.Equal("2 12\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_console_is_shown_while_it_runs()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            sed -i '2i [[ $1 != terminal ]] || { echo "press Ctrl+O"; sleep 5; exit 0; }' /run/bin/qm
            create_vm() { qm create 100 --name mine; qm terminal 100; }
            (vm_create_with_recovery create_vm) 2>/run/err | { read -r -t 4 line; echo "$line"; }
            """);

        Assert.Equal("press Ctrl+O\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("set -f", "echo *", "*")]
    [InlineData("set -C; echo there >/run/there", "{ echo other >/run/there; } 2>/dev/null || true; cat /run/there", "there")]
    [InlineData("set -a", "made=here; bash -c 'echo $made'", "here")]
    [InlineData("", "made=([3]=a [7]=b)", "3 7")]
    [InlineData("", "declare -gA made=([x y]=1)", "x y")]
    public async Task The_scripts_own_settings_and_variables_go_in_and_come_back(string before, string section, string expected)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            {{before}}
            create_vm() { {{section}}; }
            vm_create_with_recovery create_vm 2>/run/err
            ! declare -p made 2>&1 | grep -q '^declare -[aA]' || echo "${!made[@]}"
            """);

        Assert.True(run.Output == expected + "\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task One_unpacker_may_follow_another()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            mkdir /tmp/work; cd /tmp/work; echo image | xz >packed
            create_vm() { gunzip -c packed >image || xz -dc packed >image; qm create 100 --name mine; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            cat image
            """);

        Assert.Equal("0\nimage\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_volume_that_the_storage_did_not_name_is_named()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            sed -i '2i [[ $1 != create ]] || { echo A:vm-100-disk-0 >>/run/volumes; echo "copy failed" >&2; exit 255; }' /run/bin/qm
            create_vm() { qm create 100 --name mine --efidisk0 A:0,efitype=4m; }
            (vm_create_with_recovery create_vm) 2>&1 | grep -o 'Still there: volume A:vm-100-disk-0'
            """);

        Assert.Equal("Still there: volume A:vm-100-disk-0\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_runs_in_the_background_ends_with_a_failed_attempt()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            create_vm() { qm create 100 --name mine; (sleep 2; echo late >/run/late) & sleep 0.1; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            sleep 2.2
            cat /run/late
            """);

        Assert.Equal("", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("qm set 100 --bad || true; cp /nonexistent /tmp/y", "exit code 1): cp /nonexistent /tmp/y")]
    [InlineData("qm set 100 --bad || true; [[ -s /nonexistent ]]", "exit code 1): qm set 100 --bad")]
    [InlineData("answer=$(qm set 100 --bad || true); cp /nonexistent /tmp/y", "exit code 1): qm set 100 --bad")]
    [InlineData("attach() { qm set 100 --bad || return 3; }; attach", "exit code 3): qm set 100 --bad")]
    [InlineData("qm set 100 --bad", "exit code 255): qm set 100 --bad")]
    public async Task What_failed_last_is_named(string section, string named)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            sed -i '2i [[ $1 != set ]] || exit 255' /run/bin/qm
            create_vm() { qm create 100 --name mine; {{section}}; }
            (vm_create_with_recovery create_vm) 2>&1 | grep -o 'exit code.*'
            """);

        Assert.Equal(named + "\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task At_a_terminal_a_download_is_no_background_job()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            printf '#!/bin/bash\necho progress >&2; exit 22\n' >/run/bin/curl; chmod +x /run/bin/curl
            export VMID VM_RECOVERY
            declare -fx $(compgen -A function)
            TERM=dumb script -qec 'bash -c "create_vm() { sleep 5 & curl -o image https://host/image || echo \"\$?\"; kill \$!; }
              vm_create_with_recovery create_vm && echo well"' /dev/null </dev/null
            """);

        Assert.StartsWith("progress\n22\nwell\n", run.Output.Replace("\r", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Other_scripts_do_not_get_the_stand_ins()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            create_vm() { bash -c 'type -t qm'; }
            set -a
            (vm_create_with_recovery create_vm) 2>&1
            """);

        Assert.Equal("file\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_command_that_ended_the_attempt_is_named_and_not_one_that_the_script_went_on_without()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            printf '#!/bin/bash\nexit 6\n' >/run/bin/curl; chmod +x /run/bin/curl
            create_vm() { curl -fsS https://host/statistics || true; qm create 100 --name mine; cp /nonexistent /tmp/y; }
            (vm_create_with_recovery create_vm) 2>&1 | grep -o 'Failed (.*'
            """);

        Assert.Equal("Failed (exit code 1): cp /nonexistent /tmp/y\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_locale_that_the_node_does_not_have_is_no_matter()
    {
        var run = await LibraryShell.RunAsync(
            "set -m\n" + LibraryShell.Node + """

            create_vm() { answer=$(qm create 100 --name mine 2>&1); printf '[%s]' "$answer"; }
            (vm_create_with_recovery create_vm) 2>/dev/null
            """,
            ("LC_ALL", "xx_YY.UTF-8"));

        Assert.Equal("[]", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_signal_at_the_very_end_finds_all_or_nothing()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            export VMID VM_RECOVERY
            declare -fx $(compgen -A function)
            for ((i = 0; i < 8; i++)); do
              rm -f /run/node/100
              bash -c 'create_vm() { qm create 100 --name mine; sleep "0.0$0"; RESULT=made LAST=made; kill -TERM "$$"; }
                vm_create_with_recovery create_vm; [[ $RESULT$LAST == mademade ]] || echo "variables lost"' "$i" >>/run/out 2>/dev/null
              outcome="$? $(ls /run/node)"
              case $outcome in "143 " | "143 100" | "0 100") ;; *) echo "$outcome" >>/run/out ;; esac
            done
            cat /run/out
            """);

        Assert.Equal("", run.Output);
    }
}
