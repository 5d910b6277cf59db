using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Recovery;

/// <summary>
/// A bash that has loaded the recovery part of the generated library, with a /tmp and a /run of its own and with
/// Proxmox commands that only note that they were called.
/// </summary>
internal static class LibraryShell
{
    private const string Setup = """
        # Opened first: the checkout itself may lie below /tmp.
        exec 9<"$LIBRARY"
        mount -t tmpfs tmpfs /run && mount -t tmpfs -o "size=${TMP_SIZE:-64m}" tmpfs /tmp || exit 99
        mkdir /run/bin
        for name in qm pvesm pvesh; do
          printf '#!/bin/bash\necho "%s $*" >>/run/calls\n' "$name" >/run/bin/$name
          chmod +x /run/bin/$name
        done
        PATH=/run/bin:$PATH
        cp /dev/fd/9 /run/vm-core.func
        exec 9<&-
        source /run/vm-core.func recovery
        """;

    /// <summary>
    /// To be put in front of a script: a node with state. VMs are files in /run/node, volumes lines in /run/volumes; both
    /// storages hold disks.
    /// </summary>
    public const string Node = """
        mkdir /run/node; : >/run/volumes
        cat >/run/bin/qm <<'QM'
        #!/bin/bash
        for word; do
          [[ ! $word =~ ^[1-9][0-9][0-9]$ || $previous == --[m]* ]] || id=$word
          [[ $previous != --name ]] || name=$word
          [[ $word != --name=* ]] || name=${word#*=}
          previous=$word
        done
        [[ -z $LOCALE_WARNING ]] || echo "perl: warning: Setting locale failed." >&2
        case $1 in
        create) [[ ! -e /run/node/$id ]] || { echo "VM $id already exists on node 'pve'" >&2; exit 255; }
          printf 'name: %s\nvmgenid: %s\n' "$name" "$RANDOM" >"/run/node/$id" ;;
        status | config) [[ -e /run/node/$id ]] || { echo "$id.conf does not exist" >&2; exit 2; }
          cat "/run/node/$id" ;;
        destroy) rm "/run/node/$id"; [[ $* != *"unreferenced-disks 1"* ]] || sed -i "/vm-$id-/d" /run/volumes ;;
        esac
        QM
        cat >/run/bin/pvesm <<'PVESM'
        #!/bin/bash
        case $1 in
        status) printf 'Name Type Status\nA lvmthin active\nB lvmthin active\n' ;;
        list) echo "Volid Format"; grep "^$2:" /run/volumes || true ;;
        alloc)
          [[ $2 != --format ]] || set -- "$1" "${@:4}"
          [[ -z $REFUSED ]] || { echo "$REFUSED" >&2; exit "${REFUSED_STATUS:-4}"; }
          echo "$2:$4" >>/run/volumes; echo "  Logical volume \"$4\" created."; echo "successfully created '$2:$4'" ;;
        free) sed -i "/^$2\$/d" /run/volumes ;;
        esac
        PVESM
        # A run that was killed, with a journal of $1 (for printf), and somebody who says yes to removing what it left.
        killed_run() {
          mkdir -p -m 700 /run/vm-recovery{,/999999.1.1}
          printf "$1\n" >/run/vm-recovery/999999.1.1/journal
          _vm_may_ask() { true; }
          _vm_prompt_yes() { true; }
        }
        VMID=100 VM_RECOVERY=abort
        """;

    /// <summary>Runs a piece of bash. Its stdin is empty and it has no terminal.</summary>
    public static Task<ProcessOutcome> RunAsync(string script, params (string Name, string? Value)[] environment)
    {
        var variables = environment.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["LIBRARY"] = Checkout.Library;
        // script(1) starts it. Without it that is sh, and dash does not hand on exported functions.
        variables["SHELL"] = "/bin/bash";
        string[] owner = Environment.IsPrivilegedProcess ? [] : ["--map-root-user"];
        return ProcessRunner.RunAsync(
            "env",
            ["--default-signal=INT,QUIT,PIPE", "setsid", "--wait", "unshare", .. owner, "--mount", "bash", "-c", Setup + "\n" + script],
            timeLimit: TimeSpan.FromSeconds(20),
            environment: variables);
    }
}
