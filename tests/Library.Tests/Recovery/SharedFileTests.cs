namespace VmRecovery.Tests.Recovery;

/// <summary>Files, directories and journals that are others' or only look like this run's.</summary>
public sealed class SharedFileTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("", "create_vm() { qm create 100 --name mine; ISO; theirs 'ide2: local:iso/nas.iso,media=cdrom' >/run/node/101.conf; false; }")]
    [InlineData("file\\t/run/template/iso/nas.iso", "ISO; theirs 'ide2: local:iso/nas.iso,media=cdrom' >/run/node/101.conf; create_vm() { :; }")]
    public async Task An_iso_that_another_vm_has_in_its_drive(string journal, string section)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            mkdir -p /run/template/iso
            [[ {{journal.Length}} == 0 ]] || killed_run '{{journal}}'
            printf '#!/bin/bash\necho image >"$3"\n' >/run/bin/curl; chmod +x /run/bin/curl
            {{section.Replace("ISO", "curl -fsSL -o /run/template/iso/nas.iso https://host/nas.iso", StringComparison.Ordinal)}}
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            ls /run/template/iso
            """);

        Assert.True(run.Output == "nas.iso\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("abort", "theirs")]
    [InlineData("keep", "theirs")]
    [InlineData("retry", "theirs")]
    [InlineData("none", "")]
    public async Task A_file_that_somebody_put_in_place_of_ours_while_the_menu_was_shown(string choice, string left)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            mkdir /run/iso; FILE_IMG=/run/iso/raw
            printf '#!/bin/bash\necho image >"$3"\n' >/run/bin/curl; chmod +x /run/bin/curl
            create_vm() {
              qm create 100 --name mine
              [[ -e /run/iso/nas.iso ]] || curl -fsSL -o /run/iso/nas.iso https://host/nas.iso
              [[ -e $FILE_IMG ]] || cp /run/iso/nas.iso "$FILE_IMG"
              false
            }
            _vm_choose() {
              [[ {{choice}} != none ]] || { _choice=abort; return; }
              _choice={{choice}}
              [[ ! -e /run/chosen ]] || _choice=abort
              : >/run/chosen
              sleep 0.1
              rm /run/iso/*; echo theirs | tee /run/iso/nas.iso >/run/iso/raw
            }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/iso/*
            """);

        Assert.Equal(left.Length == 0 ? "" : "theirs\ntheirs\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_journal_lists_that_the_environment_names()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            mkdir /run/planted; printf 'volume\tA:vm-300-disk-0\n' >/run/planted/journal; echo A:vm-300-disk-0 >/run/volumes
            export _VM_RUN=/run/planted
            source /run/vm-core.func
            cleanup_vmid
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-300-disk-0\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("/tmp/build.artifacts", "no")]
    [InlineData("/tmp/build.aB3dE6", "no")]
    [InlineData("/tmp/tmp.aB3dE6gH9k", "yes")]
    [InlineData("/tmp/firewall-vm.aB3dE6", "yes")]
    public async Task A_directory_that_only_looks_like_a_temporary_one(string directory, string noted)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            mkdir -p {{directory}}; TEMP_DIR={{directory}}
            create_vm() { if grep -q $'temp\t{{directory}}' /run/vm-recovery/*/journal; then echo yes; else echo no; fi; }
            (vm_create_with_recovery create_vm) 2>/run/err
            """);

        Assert.True(run.Output == noted + "\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("abort", "directory=$(mktemp -d)")]
    [InlineData("keep", "directory=$(mktemp -d)")]
    [InlineData("retry,keep", "directory=$TEMP_DIR/mnt; mkdir -p $directory")]
    [InlineData("retry,keep", "directory=$TEMP_DIR/mnt/deeper; mkdir -p $directory")]
    [InlineData("killed", ":")]
    public async Task What_lies_behind_a_mount_in_a_temporary_directory(string choice, string section)
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + $$"""
            mkdir /run/theirs; : >/run/theirs/data
            VM_RECOVERY={{choice}} TEMP_DIR=$(mktemp -d)
            if [[ $VM_RECOVERY == killed ]]; then
              killed_run "temp\t$TEMP_DIR"
              mount --bind /run/theirs "$TEMP_DIR"
              _vm_offer_dead_runs 2>&1 | grep -o 'Still there: .*mount'
            else
              create_vm() { {{section}}; mount --bind /run/theirs "$directory"; false; }
              (vm_create_with_recovery create_vm) 2>&1 | grep -o -m 1 -e 'Still there: .*mount' -e 'Everything.*removed'
            fi
            ls /run/theirs
            """);

        Assert.True(run.Output.StartsWith("Still there: /tmp/", StringComparison.Ordinal) && run.Output.EndsWith("\ndata\n", StringComparison.Ordinal), run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_run_that_was_killed_before_it_noted_anything_leaves_nothing()
    {
        var run = await LibraryShell.RunAsync(ClusterShell.Cluster + """
            mkdir -p -m 700 /run/vm-recovery/999999.1.1 /tmp/vm-recovery.999999.1.1 "/run/vm-recovery/$$.1.1"
            create_vm() { :; }
            (vm_create_with_recovery create_vm) 2>/run/err
            ls /run/vm-recovery; ls -d /tmp/vm-recovery*
            """);

        Assert.True(run.Output.Length == 0, run.Output);
    }
}
