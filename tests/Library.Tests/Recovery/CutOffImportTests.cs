namespace VmRecovery.Tests.Recovery;

/// <summary>An import that a signal or a kill cut off before it printed the name of its volume.</summary>
public sealed class CutOffImportTests
{
    private const int TimeLimit = 60_000;

    // A storage whose volumes are the files in /run/images: the first was there before, the second is being written.
    private const string Storage = """
        mkdir -p /run/images /run/vm-recovery/run
        cat >/run/bin/pvesm <<'STORAGE'
        #!/bin/bash
        case $1 in
        status) printf 'Name Type Status Total Used Available %%\nfast dir active 9 1 8 1%%\n' ;;
        list) cd /run/images && printf 'Volid Format Type Size VMID\n' && printf 'fast:100/%s raw images 1 100\n' *.raw ;;
        path) echo "/run/images/${2##*/}" ;;
        free) rm "/run/images/${2##*/}" && echo "freed $2" >>/run/calls ;;
        esac
        STORAGE
        printf '#!/bin/bash\necho "Configuration file does not exist" >&2; exit 2\n' >/run/bin/qm
        touch -d '1 hour ago' /run/images/vm-100-disk-0.raw
        touch -d '1 minute ago' /run/vm-recovery/run/begun
        : >/run/images/vm-100-disk-1.raw
        _VM_RUN=/run/vm-recovery/run _VM_LOG=/run/log
        printf 'import\tfast:100\n' >"$_VM_RUN/journal"
        """;

    [Fact(Timeout = TimeLimit)]
    public async Task Only_what_was_written_since_the_run_began_is_freed()
    {
        var run = await LibraryShell.RunAsync(Storage + """

            _vm_clean_up
            echo "status $?"
            cat /run/calls
            """);

        Assert.Equal("status 1\nfreed fast:100/vm-100-disk-1.raw\n", run.Output);
        Assert.Equal(
            "Still there: volume fast:100/vm-100-disk-0.raw. Remove it with: pvesm free fast:100/vm-100-disk-0.raw\n", run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task The_next_run_shows_it_and_names_what_may_be_anothers()
    {
        var run = await LibraryShell.RunAsync(Storage + "\n_vm_show_dead_run /run/vm-recovery/run");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "  volume fast:100/vm-100-disk-1.raw\n  perhaps volume fast:100/vm-100-disk-0.raw, which is not touched: see pvesm list fast\n",
            run.Error);
    }
}
