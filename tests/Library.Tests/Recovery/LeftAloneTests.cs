namespace VmRecovery.Tests.Recovery;

/// <summary>What is not of this run stays, whatever the section did before it failed and the user said abort.</summary>
public sealed class LeftAloneTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("a volume of the same name on another storage", "B:vm-100-disk-0", "", "pvesm alloc A 100 vm-100-disk-0 4M; false")]
    [InlineData("a loose volume, though the script changed IFS", "A:vm-100-disk-7", "IFS=$'\\n'", "pvesm alloc A 100 vm-100-disk-0 4M; false")]
    [InlineData(
        "a volume that the section frees after a lock timeout", "A:vm-100-disk-0", "export REFUSED=\"can't lock file - got timeout\"",
        "pvesm alloc A 100 vm-100-disk-0 4M || { pvesm free A:vm-100-disk-0; exit 4; }")]
    [InlineData(
        "a volume whose name is taken, said with status 255", "A:vm-100-disk-0", "export REFUSED='already exists' REFUSED_STATUS=255",
        "pvesm alloc A 100 vm-100-disk-0 4M")]
    public async Task A_volume(string what, string volume, string before, string section)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            echo "{{volume}}" >>/run/volumes
            {{before}}
            create_vm() { qm create 100 --name mine; {{section}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1 && echo "no failure"
            cat /run/volumes
            ls /run/node
            """);

        Assert.True(run.Output == volume + "\n", what + ": " + run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("qemu-server", "scsi0")]
    [InlineData("lxc", "rootfs")]
    public async Task A_volume_of_this_run_that_another_guest_uses_by_now(string folder, string key)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            mkdir -p /tmp/pve/nodes/other/{{folder}}
            echo "{{key}}: A:vm-100-disk-0,size=4M" >/tmp/pve/nodes/other/{{folder}}/200.conf
            eval "$(declare -f _vm_is_anothers_volume | sed 's,/etc/pve,/tmp/pve,')"
            create_vm() { qm create 100 --name mine; pvesm alloc A 100 vm-100-disk-0 4M; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            ls /run/node
            """);

        Assert.Equal("A:vm-100-disk-0\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("somebody is making it", "creating\\t100 mine", "lock: create", "exec -a task\\ UPID:pve:1:1:1:qmcreate:100:root@pam: sleep 9 &")]
    [InlineData("somebody is restoring it", "creating\\t100 mine", "lock: create", "exec -a task\\ UPID:pve:1:1:1:qmrestore:100:root@pam: sleep 9 &")]
    [InlineData("it has the killed run's number", "identity\\t100 old\\nvm\\t100\\nvolume\\tA:vm-100-disk-0", "meta: new", "")]
    public async Task What_a_killed_runs_journal_seems_to_mean(string what, string journal, string config, string before)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            killed_run '{{journal}}'
            echo '{{config}}' >/run/node/100; echo A:vm-100-disk-0 >/run/volumes
            {{before}}
            VMID=200
            create_vm() { :; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/node/100 /run/volumes
            kill %1 2>/dev/null
            """);

        Assert.True(run.Output == config + "\nA:vm-100-disk-0\n", what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_cached_file_that_somebody_else_finished_first()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            mkdir /run/cache
            printf '#!/bin/bash\necho ours >"$3"; echo theirs >/run/cache/image\n' >/run/bin/curl
            chmod +x /run/bin/curl
            create_vm() { curl -fsSL -o /run/cache/image https://host/image; qm create 100 --name mine; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/cache/*
            """);

        Assert.Equal("theirs\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_link_that_leads_nowhere_at_the_name_of_a_download()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            mkdir /run/cache; ln -s /run/elsewhere /run/cache/image
            printf '#!/bin/bash\necho ours >"$3"\n' >/run/bin/curl
            chmod +x /run/bin/curl
            VM_RECOVERY=retry,abort
            create_vm() { curl -fsSL -o /run/cache/image https://host/image; qm create 100 --name mine; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            readlink /run/cache/*
            """);

        Assert.Equal("/run/elsewhere\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_log_of_a_relative_name_is_one_file_wherever_the_section_goes()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            mkdir /tmp/here /tmp/there; cd /tmp/here; echo precious >/tmp/there/my.log
            VM_ERROR_LOG=my.log TMPDIR=.
            create_vm() { cd /tmp/there; temporary=$(mktemp) && qm create 100 --name mine; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /tmp/there/*
            grep -c 'qm create' /tmp/here/my.log; ls /tmp/here
            """);

        Assert.Equal("precious\n1\nmy.log\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("qm stop --skiplock 1 100; qm destroy --purge 1 100")]
    [InlineData("qm stop 100; qm destroy 100 --purge 1")]
    public async Task A_vm_that_the_section_destroys_whatever_the_order_of_the_words(string undo)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            echo 'name: production' >/run/node/100
            create_vm() { qm create 100 --name mine || { {{undo}}; exit 9; }; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            cat /run/node/100
            """);

        Assert.Equal("9\nname: production\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("a relative work file", "cd /run/work; FILE_IMG=disk.img", "/run/disk.img")]
    [InlineData("a work file from tomorrow", "cd /run/work; FILE_IMG=/run/disk.img", "/run/disk.img")]
    public async Task A_file(string what, string section, string file)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            mkdir /run/work; cd /run; touch -d tomorrow {{file}}
            create_vm() { {{section}}; qm create 100 --name mine; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            ls {{file}}
            """);

        Assert.True(run.Output == file + "\n", what);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_locale_warning_is_no_failure()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            export LOCALE_WARNING=1
            create_vm() { qm create 100 --name mine; qm resize 100 scsi0 8G; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            """);

        Assert.Equal("0\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_size_with_a_zero_in_front_does_not_end_the_library()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            DISK_SIZE=08G VM_RECOVERY=shrink-disk
            export REFUSED='No space left on device' REFUSED_STATUS=28
            create_vm() { qm create 100 --name mine; pvesm alloc A 100 vm-100-disk-0 "$DISK_SIZE"; }
            (vm_create_with_recovery create_vm; echo "the script goes on") >/run/out 2>&1
            echo "$?"
            grep -c 'goes on\|too great' /run/out
            """);

        Assert.Equal("28\n0\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("vm_create_with_recovery create_vm || echo 'not reached'")]
    [InlineData("if vm_create_with_recovery create_vm; then echo 'not reached'; fi")]
    [InlineData("vm_create_with_recovery create_vm")]
    public async Task A_failure_ends_the_section_in_a_condition_too(string call)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            create_vm() { qm create 100 --name mine; (exit 7); echo "went on"; }
            ({{call}}) >/run/out 2>&1
            echo "$?"
            ls /run/node
            grep 'went on\|not reached' /run/out
            """);

        Assert.Equal("7\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_success_in_a_condition_is_one()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            create_vm() { qm create 100 --name mine; MADE=yes; }
            if vm_create_with_recovery create_vm; then echo "made: $MADE"; fi
            ls /run/node
            """);

        Assert.Equal("made: yes\n100\n", run.Output);
    }
}
