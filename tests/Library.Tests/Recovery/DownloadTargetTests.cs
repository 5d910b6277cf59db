namespace VmRecovery.Tests.Recovery;

/// <summary>Where a download goes to, as the stand-ins for curl and wget read it.</summary>
public sealed class DownloadTargetTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("curl -f#SL -o image.qcow2 https://host/path/debian.qcow2", "/work/image.qcow2 at 3")]
    [InlineData("curl -fsSLo image.qcow2 https://host/path/debian.qcow2", "/work/image.qcow2 at 2")]
    [InlineData("curl --output /cache/a.iso https://host/b.iso", "/cache/a.iso at 2")]
    [InlineData("curl -fSLO https://host/path/debian.qcow2", "/work/debian.qcow2 at 0")]
    [InlineData("curl -fsSL https://host/path/page", "nothing at 0")]
    [InlineData("curl -s -o /dev/null https://host/path", "nothing at 0")]
    [InlineData("curl -s -o - https://host/path", "nothing at 0")]
    [InlineData("wget -q https://host/b.iso -O /cache/a.iso", "/cache/a.iso at 4")]
    [InlineData("wget -qO- https://host/page", "nothing at 0")]
    [InlineData("wget -qO - https://host/page", "nothing at 0")]
    [InlineData("curl -fsSLo/cache/photo https://host/a.iso", "/cache/photo at 0")]
    [InlineData("curl -o/cache/a.iso https://host/a.iso", "/cache/a.iso at 0")]
    [InlineData("curl -m5o -fL https://host/a.iso", "nothing at 0")]
    [InlineData("wget -qO/cache/ISO https://host/a.iso", "/cache/ISO at 0")]
    [InlineData("wget -P/cache/ISO https://host/a.iso", "nothing at 0")]
    public async Task Is_read_from_the_command_line(string command, string expected)
    {
        var run = await LibraryShell.RunAsync($$"""
            mkdir -p /run/work && cd /run/work
            _target= _at=0 _url= _silent=0
            _vm_read_fetch {{command}}
            _target=${_target/#\/run\/work/\/work}
            printf '%s at %s' "${_target:-nothing}" "$_at"
            """);

        Assert.Equal((0, expected, ""), (run.ExitCode, run.Output, run.Error));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("curl -fsSL -o/run/work/photo https://host/a.iso")]
    [InlineData("wget -q -P/run/work/ISO https://host/a.iso")]
    public async Task A_path_behind_its_option_is_no_reason_to_fetch_something_else(string command)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            printf '#!/bin/bash\necho "${0##*/} $*"; : >/run/work/photo\n' >/run/bin/curl; cp /run/bin/curl /run/bin/wget; chmod +x /run/bin/{curl,wget}
            mkdir /run/work; cd /run/work
            create_vm() { {{command}}; false; }
            (vm_create_with_recovery create_vm) 2>/run/err
            [[ "{{command}}" != curl* ]] || ls /run/work
            """);

        Assert.Equal(command + "\n", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("/run/work/template/cache/a.qcow2", "gone")]
    [InlineData("/run/work/template/iso/a.iso", "gone")]
    [InlineData("/run/work/images/a.qcow2", "still there")]
    [InlineData("/run/work/cache/link", "still there")]
    public async Task A_clean_cache_drops_what_an_earlier_run_cached(string cached, string expected)
    {
        var run = await LibraryShell.RunAsync($$"""
            mkdir -p /run/work/cache "$(dirname {{cached}})" && cd /run/work && : >target
            case {{cached}} in *link) ln -s /run/work/target {{cached}} ;; *) : >{{cached}} ;; esac
            _VM_RUN=/run/work _VM_FAILED_COMMAND="qm importdisk 100 x" CACHE_FILE={{cached}}
            _vm_drop_downloads 2>/dev/null
            if [[ -e {{cached}} ]]; then printf 'still there'; else printf gone; fi
            """);

        Assert.Equal((0, expected, ""), (run.ExitCode, run.Output, run.Error));
    }
}
