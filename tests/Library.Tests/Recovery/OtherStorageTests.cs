namespace VmRecovery.Tests.Recovery;

/// <summary>Another storage or number for the next attempt.</summary>
public sealed class OtherStorageTests
{
    private const int TimeLimit = 60_000;

    [Fact(Timeout = TimeLimit)]
    public async Task A_node_that_does_not_name_its_storages_is_no_silent_end()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            sed -i 's/^status).*/status) exit 255 ;;/' /run/bin/pvesm
            VM_RECOVERY=other-storage
            create_vm() { echo "storage 'A' is not online" >&2; exit 119; }
            (vm_create_with_recovery create_vm) 2>&1 | grep -o 'The node does not say which storages it has'
            """);

        Assert.Equal("The node does not say which storages it has\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Another_storage_is_an_active_one()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            sed -i 's/^status).*/status) printf "Name Type Status Total Used Available %%\\nA dir active 9 9 9 1%%\\nB nfs inactive 0 0 0 0%%\\n" ;;/' /run/bin/pvesm
            STORAGE=A VM_RECOVERY=other-storage
            create_vm() { echo "on $STORAGE" >>/run/attempts; echo "storage 'A' is not online" >&2; qm create 100 --name mine; exit 119; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            cat /run/attempts
            grep "VM_RECOVERY" /run/out
            """);

        Assert.Equal("119\non A\nVM_RECOVERY decides: keep\n", run.Output);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Another_storage_and_another_number_reach_what_was_derived_from_them()
    {
        var run = await LibraryShell.RunAsync("""
            source /run/vm-core.func
            printf '#!/bin/bash\nprintf "Name Type Status Total Used Available\\nL lvmthin active 9 1 900000\\nD dir active 9 1 5\\n"\n' >/run/bin/pvesm
            printf '#!/bin/bash\n[[ $1 != status ]] || { echo "does not exist" >&2; exit 2; }\n' >/run/bin/qm
            printf '#!/bin/bash\necho 101\n' >/run/bin/pvesh
            VMID=100 STORAGE=D STORAGE_TYPE=dir THIN=discard=on, FORMAT=,efitype=4m VM_RECOVERY=keep
            vm_apply_storage_layout dir
            vm_define_disk_references 2
            _VM_LOG=/dev/null
            _vm_change_vmid 2>/dev/null
            echo "$DISK0_REF $DISK1_REF $DISK_IMPORT_FORMAT [$THIN]"
            _vm_change_storage 2>/dev/null
            echo "$DISK0_REF $DISK1_REF $DISK_IMPORT_FORMAT [$THIN]"
            """);

        Assert.Equal("D:101/vm-101-disk-0.qcow2 D:101/vm-101-disk-1.qcow2 qcow2 []\nL:vm-101-disk-0 L:vm-101-disk-1 raw [discard=on,]\n", run.Output);
    }
}
