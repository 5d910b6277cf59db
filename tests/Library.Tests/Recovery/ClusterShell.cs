namespace VmRecovery.Tests.Recovery;

/// <summary>A small cluster in bash, for what others do while a run is at work.</summary>
internal static class ClusterShell
{
    /// <summary>
    /// To be put behind <see cref="LibraryShell.Node"/>: <c>qm destroy</c> takes what the configuration names, N keeps files in
    /// /run/N, and /tmp/pve stands for the cluster's file system: nodes A (this one) and B.
    /// </summary>
    public const string Cluster = LibraryShell.Node + """

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
}
