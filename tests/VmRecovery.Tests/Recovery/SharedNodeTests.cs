namespace VmRecovery.Tests.Recovery;

/// <summary>What others do with the same numbers, storages and volumes while a run is at work, and after it was killed.</summary>
public sealed class SharedNodeTests
{
    private const int TimeLimit = 60_000;

    /// <summary>
    /// To be put behind <see cref="LibraryShell.Node"/>: <c>qm destroy</c> takes what the configuration names, N keeps files in
    /// /run/N, and /tmp/pve stands for the cluster's file system: nodes A (this one) and B.
    /// </summary>
    private const string Cluster = LibraryShell.Node + """

        cat >/run/bin/qm <<'QM'
        #!/bin/bash
        echo "qm $*" >>/run/calls
        c=/run/node/$2.conf
        case $1 in
        create) [[ ! -e $c ]] || { echo "unable to create VM $2 - VM $2 already exists on node 'A'" >&2; exit 255; }
          [[ -z $OOM ]] || { echo "lock: create" >"$c"; kill -9 $$; }
          printf 'name: mine\nmeta: %s\nvmgenid: %s\n' "$RANDOM" "$RANDOM" >"$c"
          for word; do
            [[ $word =~ ^([A-Z]):[0-9]+(,|$) ]] || continue
            n=0; while grep -q "^${BASH_REMATCH[1]}:vm-$2-disk-$n\$" /run/volumes; do n=$((n + 1)); done
            v=${BASH_REMATCH[1]}:vm-$2-disk-$n
            echo "$v" >>/run/volumes; echo "scsi$((i++)): $v,size=8G" >>"$c"
            echo "  Logical volume \"${v#*:}\" created."; echo "scsi0: successfully created disk '$v,size=8G'"
          done ;;
        set) [[ $4 != *:cloudinit ]] || { echo "Logical Volume \"vm-$2-cloudinit\" already exists" >&2; exit 5; }
          echo "${3#-}: $4" >>"$c" ;;
        importdisk) echo "importing disk '$3' to VM $2 ..."
          [[ -z $FAILS ]] || { echo "$FAILS" >&2; exit 25; }
          echo "$4:vm-$2-disk-2" >>/run/volumes; echo "unused0: $4:vm-$2-disk-2" >>"$c"
          echo "unused0: successfully imported disk '$4:vm-$2-disk-2'" ;;
        status | config) [[ -e $c ]] || { echo "$c does not exist" >&2; exit 2; }
          cat "$c" ;;
        guest) cat /run/guest ;;
        shutdown) ;;
        stop) eval "$ON_STOP" ;;
        destroy) ! grep -q '^protection: 1' "$c" || { echo "can't remove VM $2 - protection mode enabled" >&2; exit 255; }
          [[ $* == *"--skiplock 1"* ]] || ! grep -q '^lock: ' "$c" || { echo "VM is locked (migrate)" >&2; exit 255; }
          for v in $(grep -oE "[A-Z]:vm-$2-[^,]*" "$c"); do sed -i "/^$v\$/d" /run/volumes; done
          rm "$c"; [[ $* != *"unreferenced-disks 1"* ]] || sed -i "/[:/]vm-$2-/d" /run/volumes ;;
        esac
        QM
        cat >/run/bin/pvesm <<'PVESM'
        #!/bin/bash
        case $1 in
        status) printf 'Name Type Status\nA lvmthin active\nB lvmthin active\nN nfs active\n' ;;
        list) [[ $2 != "$BROKEN" ]] || { echo "unable to activate storage '$2'" >&2; exit 255; }
          echo "Volid Format"
          if [[ $* == *--content\ images* ]]; then grep "^$2:\(100/\)*vm-" /run/volumes; else grep "^$2:" /run/volumes; fi || true ;;
        alloc) [[ -z $REFUSED ]] || { echo "$REFUSED" >&2; exit 4; }
          echo "$2:$4" >>/run/volumes; echo "  Logical volume \"$4\" created."; echo "successfully created '$2:$4'" ;;
        path) echo "/run/N/${2#*:}" ;;
        free) sed -i "\\,^$2\$,d" /run/volumes; echo "Removed volume '$2'" ;;
        esac
        PVESM
        mkdir -p /run/N/100 /run/N/snippets /tmp/pve/nodes/A/lxc /tmp/pve/nodes/B/{qemu-server,lxc}
        ln -s /run/node /tmp/pve/nodes/A/qemu-server; ln -s nodes/A/qemu-server nodes/A/lxc /tmp/pve
        for name in $(compgen -A function _vm_); do
          text=$(declare -f "$name")
          [[ $text != */etc/pve* ]] || eval "${text//\/etc\/pve/\/tmp\/pve}"
        done
        theirs() { printf 'name: production\nmeta: theirs\nvmgenid: theirs\n%s\n' "$@"; }

        """;

    [Fact(Timeout = TimeLimit)]
    public async Task A_volume_of_a_vm_that_got_the_number_on_another_node()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            create_vm() {
              qm create 100 --name mine; pvesm alloc A 100 vm-100-disk-0 4M
              rm /run/node/100.conf; theirs 'scsi0: A:vm-100-disk-0,size=4M' >/tmp/pve/nodes/B/qemu-server/100.conf
              false
            }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-100-disk-0\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_killed_run_lists_and_a_vm_on_another_node_has_by_now()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            mkdir -p -m 700 /run/vm-recovery/999999.1.1
            printf 'identity\t100 old\nvm\t100\nvolume\tA:vm-100-disk-0\n' >/run/vm-recovery/999999.1.1/journal
            echo A:vm-100-disk-0 >/run/volumes; theirs 'scsi0: A:vm-100-disk-0,size=4M' >/tmp/pve/nodes/B/qemu-server/100.conf
            _vm_may_ask() { true; }
            _vm_prompt_yes() { true; }
            VMID=200
            create_vm() { :; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-100-disk-0\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("can't lock file '/var/lock/pve-manager/pve-storage-local-zfs' - got timeout", "Z:vm-100-disk-0\n")]
    [InlineData("timeout: no zvol device link for 'vm-100-disk-0' found after 10 sec.", "")]
    public async Task A_volume_that_a_zfs_storage_did_not_get_to(string refused, string left)
    {
        var run = await LibraryShell.RunAsync(
            Cluster + """
                sed -i 's/B lvmthin/Z zfspool/' /run/bin/pvesm
                echo Z:vm-100-disk-0 >/run/volumes
                create_vm() { qm create 100 --name mine; pvesm alloc Z 100 vm-100-disk-0 4M; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/volumes
                """,
            ("REFUSED", refused));

        Assert.True(run.Output == left, run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("N:snippets/production.yaml")]
    [InlineData("N:backup/vzdump-qemu-100-2026_01_01.vma.zst")]
    public async Task A_snippet_or_backup_written_while_an_import_failed(string volume)
    {
        var run = await LibraryShell.RunAsync(
            Cluster + $$"""
                echo {{volume}} >/run/volumes; mkdir -p /run/N/{{volume[2..volume.IndexOf('/', StringComparison.Ordinal)]}}
                create_vm() { qm create 100 --name mine; sleep 0.1; : >/run/N/{{volume[2..]}}; qm importdisk 100 /tmp/image N; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/volumes
                """,
            ("FAILS", "copy failed: No space left on device"));

        Assert.True(run.Output == volume + "\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_disk_that_a_guest_of_another_cluster_writes_to_while_an_import_fails()
    {
        var run = await LibraryShell.RunAsync(
            Cluster + """
                echo N:100/vm-100-disk-0 >/run/volumes; : >/run/N/100/vm-100-disk-0; sleep 0.1
                create_vm() { qm create 100 --name mine; sleep 0.1; echo written >/run/N/100/vm-100-disk-0; qm importdisk 100 /tmp/image N; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/volumes; grep Still /run/out
                """,
            ("FAILS", "copy failed: No space left on device"));

        Assert.True(
            run.Output == "N:100/vm-100-disk-0\nStill there: volume N:100/vm-100-disk-0. Remove it with: pvesm free N:100/vm-100-disk-0\n",
            run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("A:vm-100-disk-0", "--cdrom A:iso/installer.iso --scsi0 B:8")]
    [InlineData("B:vm-100-disk-0", "--efidisk0 A:0,efitype=4m --scsi0 B:8")]
    public async Task A_volume_of_the_same_name_on_a_storage_that_the_command_names_too(string volume, string options)
    {
        var run = await LibraryShell.RunAsync(Cluster + $$"""
            echo {{volume}} >/run/volumes
            create_vm() { qm create 100 --name mine {{options}}; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == volume + "\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_guest_says_that_was_made()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            printf 'A:vm-300-disk-0\nN:iso/debian.iso\n' >/run/volumes
            printf "successfully created 'A:vm-300-disk-0'\n%s\n" "successfully created 'N:iso/debian.iso'" >/run/guest
            create_vm() { qm create 100 --name mine; qm guest cmd 100 network-get-interfaces; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes
            """);

        Assert.True(run.Output == "A:vm-300-disk-0\nN:iso/debian.iso\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("one attached by a guess, before the cloud-init disk failed", "qm set 100 -scsi0 A:vm-100-disk-1; qm set 100 -ide2 A:cloudinit")]
    [InlineData("one that is pending", "printf '[PENDING]\\nsata1: A:vm-100-disk-1,size=4M\\n' >>/run/node/100.conf; false")]
    [InlineData("one of ours that another VM uses by now", "pvesm alloc A 100 vm-100-disk-1 4M; qm set 100 -scsi0 A:vm-100-disk-1; theirs 'scsi1: A:vm-100-disk-1,size=4M' >/run/node/200.conf; false")]
    public async Task A_volume_that_would_go_with_the_vm(string what, string section)
    {
        var run = await LibraryShell.RunAsync(Cluster + $$"""
            [[ "{{what}}" == *ours* ]] || echo A:vm-100-disk-1 >/run/volumes
            create_vm() { qm create 100 --name mine; {{section}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes; grep -c 'Still there: VM 100, with a volume' /run/out
            """);

        Assert.True(run.Output == "A:vm-100-disk-1\n1\n", what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_disks_of_a_vm_that_can_not_be_removed()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            create_vm() {
              qm create 100 --name mine; qm importdisk 100 /tmp/image A; qm set 100 -scsi0 A:vm-100-disk-2,size=4M
              pvesm alloc A 100 vm-100-disk-0 4M; qm set 100 -protection 1; false
            }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/volumes; grep -c 'Still there: VM 100.' /run/out
            """);

        Assert.True(run.Output == "A:vm-100-disk-2\n1\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("one that got the number while ours was stopped", "theirs '' >/run/node/100.conf", "name: production")]
    [InlineData("ours while another task is at work on it", "echo 'lock: migrate' >>/run/node/100.conf", "lock: migrate")]
    public async Task A_vm_that_is_no_longer_in_this_runs_hands(string what, string meanwhile, string line)
    {
        var run = await LibraryShell.RunAsync(
            Cluster + """
                export -f theirs
                create_vm() { qm create 100 --name mine; false; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                cat /run/node/100.conf
                """,
            ("ON_STOP", meanwhile));

        Assert.True(run.Output.Contains(line, StringComparison.Ordinal), what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Not_a_vm_whose_creation_alone_was_killed()
    {
        var run = await LibraryShell.RunAsync(
            Cluster + """
                create_vm() { qm create 100 --name mine --scsi0 A:8; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                echo "$?"; ls /run/node
                """,
            ("OOM", "1"));

        Assert.True(run.Output == "137\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("another one than was shown", "", "theirs '' >/run/node/100.conf")]
    [InlineData("a protected one", "echo 'protection: 1' >>/run/node/100.conf", "")]
    [InlineData("a locked one", "echo 'lock: backup' >>/run/node/100.conf", "")]
    [InlineData("one on another node", "mv /run/node/100.conf /tmp/pve/nodes/B/qemu-server", "")]
    public async Task A_vm_that_was_not_agreed_to(string what, string before, string meanwhile)
    {
        var run = await LibraryShell.RunAsync(Cluster + $$"""
            printf 'name: test\nmeta: test\n' >/run/node/100.conf; {{before}}
            mkdir /run/own; : >/run/own/journal
            _VM_RUN=/run/own _VM_LOG=/run/log
            _vm_has_terminal() { true; }
            _vm_await() { {{meanwhile}}
              true; }
            _vm_destroy_existing 2>/run/out; echo "$?"
            grep -E 'stop|destroy' /run/calls
            wc -l </run/out
            """);

        Assert.True(run.Output == "1\n1\n", what + ": " + run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("qm shutdown 100 --timeout 120", "qm shutdown 100 --timeout 120\n")]
    [InlineData("qm shutdown --timeout 120 100", "qm shutdown --timeout 120 100\n")]
    [InlineData("qm shutdown 120 --timeout 100", "")]
    public async Task A_time_limit_is_no_number_of_a_vm(string section, string calls)
    {
        var run = await LibraryShell.RunAsync(Cluster + $$"""
            theirs '' >/run/node/120.conf
            create_vm() { qm create 100 --name mine; {{section}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            grep shutdown /run/calls
            """);

        Assert.True(run.Output == calls, run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_storage_that_does_not_answer_after_a_failed_import_is_named()
    {
        var run = await LibraryShell.RunAsync(
            Cluster + """
                create_vm() { qm create 100 --name mine; qm importdisk 100 /tmp/image N; }
                (vm_create_with_recovery create_vm) >/run/out 2>&1
                grep -c 'Still there: perhaps a volume of VM 100 on N' /run/out
                grep -c Everything /run/out
                """,
            ("FAILS", "copy failed: Input/output error"), ("BROKEN", "N"));

        Assert.True(run.Output == "1\n0\n", run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("", "create_vm() { qm create 100 --name mine; ISO; theirs 'ide2: local:iso/nas.iso,media=cdrom' >/run/node/101.conf; false; }")]
    [InlineData("file\\t/run/template/iso/nas.iso", "ISO; theirs 'ide2: local:iso/nas.iso,media=cdrom' >/run/node/101.conf; create_vm() { :; }")]
    public async Task An_iso_that_another_vm_has_in_its_drive(string journal, string section)
    {
        var run = await LibraryShell.RunAsync(Cluster + $$"""
            mkdir -p /run/template/iso; mkdir -p -m 700 /run/vm-recovery{,/999999.1.1}; printf '{{journal}}\n' >/run/vm-recovery/999999.1.1/journal
            _vm_may_ask() { [[ {{journal.Length}} != 0 ]]; }
            _vm_prompt_yes() { true; }
            printf '#!/bin/bash\necho image >"$3"\n' >/run/bin/curl; chmod +x /run/bin/curl
            {{section.Replace("ISO", "curl -fsSL -o /run/template/iso/nas.iso https://host/nas.iso", StringComparison.Ordinal)}}
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            ls /run/template/iso
            """);

        Assert.True(run.Output == "nas.iso\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_disk_on_a_storage_that_lists_none_is_removed_all_the_same()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            sed -i 's/^list) .*/list) echo "Volid Format" ;;/; s/^  \(echo "Volid Format"\|if .*--content\).*//; s,^free) ,&rm "/run/N/${2#*:}"; ,' /run/bin/pvesm
            create_vm() { qm create 100 --name mine; pvesm alloc N 100 vm-100-disk-0.raw 4M; : >/run/N/vm-100-disk-0.raw; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            ls /run/N/*.raw
            """);

        Assert.True(run.Output.Length == 0, run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_a_journal_lists_that_the_environment_names()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            mkdir /run/planted; printf 'volume\tA:vm-300-disk-0\n' >/run/planted/journal; echo A:vm-300-disk-0 >/run/volumes
            export _VM_RUN=/run/planted
            source /dev/fd/8 8<"$LIBRARY"
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
        var run = await LibraryShell.RunAsync(Cluster + $$"""
            mkdir -p {{directory}}; TEMP_DIR={{directory}}
            create_vm() { if grep -q $'temp\t{{directory}}' /run/vm-recovery/*/journal; then echo yes; else echo no; fi; }
            (vm_create_with_recovery create_vm) 2>/run/err
            """);

        Assert.True(run.Output == noted + "\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_run_that_was_killed_before_it_noted_anything_leaves_nothing()
    {
        var run = await LibraryShell.RunAsync(Cluster + """
            mkdir -p -m 700 /run/vm-recovery/999999.1.1 /tmp/vm-recovery.999999.1.1 "/run/vm-recovery/$$.1.1"
            create_vm() { :; }
            (vm_create_with_recovery create_vm) 2>/run/err
            ls /run/vm-recovery; ls -d /tmp/vm-recovery*
            """);

        Assert.True(run.Output.Length == 0, run.Output);
    }
}
