namespace VmRecovery.Tests.Recovery;

/// <summary>What the next attempt does again, and with what: a wrong image must not come out of saved work.</summary>
public sealed class RepeatedWorkTests
{
    private const int TimeLimit = 60_000;

    [Theory(Timeout = TimeLimit)]
    [InlineData("resized before it is customized", "out", "virt-resize image out; virt-customize -a out")]
    [InlineData("resized after it was customized", "image", "virt-customize -a image; virt-resize image out; mv out image")]
    [InlineData("grown after it was customized", "image", "virt-customize -a image; qemu-img resize image +1G")]
    [InlineData("written over", "image", "virt-customize -a image")]
    [InlineData("one of two", "second", "virt-customize -a image; echo other >second; virt-customize --add=second")]
    public async Task A_retry_imports_the_same_image(string what, string imported, string steps)
    {
        var run = await LibraryShell.RunAsync(UnusualSectionTests.Images + $$"""
            printf '#!/bin/bash\ncp "$1" "$2"\necho resized >>"$2"\n' >/run/bin/virt-resize
            printf '#!/bin/bash\nfile=${!#}\necho customized >>"${file#--add=}"\n' >/run/bin/virt-customize
            printf '#!/bin/bash\necho "$3" >>"$2"\n' >/run/bin/qemu-img
            chmod +x /run/bin/*
            VM_RECOVERY=retry
            export IMAGE={{imported}}
            create_vm() {
              [[ "{{what}}" == "written over" ]] || rm -f *
              echo base >image
              {{steps}}
              qm create 100 --name mine
              qm importdisk 100 {{imported}} A >"/run/import.$(ls /run/import.* 2>/dev/null | wc -l)"
              [[ -e /run/failed ]] || { : >/run/failed; false; }
            }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            cmp /run/import.* && cat /run/import.1
            """);

        Assert.True(run.Output.StartsWith("0\n", StringComparison.Ordinal), what + run.Output + run.Error);
        Assert.Contains(imported == "second" ? "other\ncustomized" : "customized", run.Output, StringComparison.Ordinal);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("the same image again", "virt-customize -a image; qm create 100 --name mine; virt-customize -a image", "base customized customized\n")]
    [InlineData("another image", "virt-customize -a image; qm importdisk 100 image A; echo -n other >second; virt-customize -a second; cat image second >all; mv all image", "base customizedother customized\n")]
    public async Task Customizing_twice_does_both(string what, string steps, string image)
    {
        var run = await LibraryShell.RunAsync(UnusualSectionTests.Images + $$"""
            printf '#!/bin/bash\necho -n " customized" >>"$2"\n' >/run/bin/virt-customize
            chmod +x /run/bin/*
            create_vm() { echo -n base >image; {{steps}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat image; echo
            """);

        Assert.True(run.Output == image, what + ": " + run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("a download", "curl -fsSO https://host/image")]
    [InlineData("a customized image", "rm -f image; echo base >image; virt-customize -a image")]
    [InlineData("a download that is customized", "curl -fsSL -o image https://host/image; virt-customize -a image")]
    public async Task What_is_costly_is_done_once_on_another_file_system_too(string what, string step)
    {
        var run = await LibraryShell.RunAsync(UnusualSectionTests.Images + $$"""
            printf '#!/bin/bash\necho x >>/run/done; echo fetched >"${3:-image}"\n' >/run/bin/curl
            printf '#!/bin/bash\necho x >>/run/done; echo customized >>"$2"\n' >/run/bin/virt-customize
            chmod +x /run/bin/*
            mkdir /run/elsewhere; cd /run/elsewhere
            VM_RECOVERY=retry
            create_vm() { {{step}}; qm create 100 --name mine; qm importdisk 100 image A >/dev/null; cat image; [[ -e /run/failed ]] || { : >/run/failed; false; }; }
            (vm_create_with_recovery create_vm) 2>/dev/null
            wc -l </run/done; ls
            """);

        Assert.True(run.Output is "fetched\nfetched\n1\nimage\n" or "base\ncustomized\nbase\ncustomized\n1\nimage\n" or "fetched\ncustomized\nfetched\ncustomized\n2\nimage\n", what + ": " + run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task What_is_kept_in_the_scripts_own_directory_stays_there_for_the_retry()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            printf '#!/bin/bash\necho x >>/run/done; echo fetched >"${3}"\n' >/run/bin/curl
            chmod +x /run/bin/curl
            mount -t tmpfs tmpfs /var/tmp
            TEMP_DIR=$(mktemp -d /var/tmp/firewall-vm.XXXXXX); cd "$TEMP_DIR"
            VM_RECOVERY=retry
            create_vm() { curl -fsSL -o image https://host/image; cat image; qm create 100 --name mine; [[ -e /run/failed ]] || { : >/run/failed; false; }; }
            (vm_create_with_recovery create_vm) 2>/dev/null
            wc -l </run/done; ls
            """);

        Assert.True(run.Output == "fetched\nfetched\n1\nimage\n", run.Output + run.Error);
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_download_that_the_section_changed_is_fetched_again()
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + """

            printf '#!/bin/bash\nprintf image >"$3"\n' >/run/bin/curl
            chmod +x /run/bin/curl
            mkdir /tmp/work; cd /tmp/work
            VM_RECOVERY=retry,abort
            create_vm() { curl -fsSL -o image https://host/image; sleep 0.05; printf +1 >>image; cat image >>/run/seen; qm create 100 --name mine; false; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            cat /run/seen
            """);

        Assert.Equal("image+1image+1", run.Output);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("what came was no image", "xz -t image.xz || exit 115", "bad good")]
    [InlineData("what came was another", "sha256sum -c <(echo good | xz | sha256sum | sed s/-/image.xz/)", "bad good")]
    [InlineData("the script itself refused it", "[[ $(head -c 3 image.xz) != bad ]] || exit 3", "bad good")]
    [InlineData("the script itself failed at something later", "qemu-img info image.xz; qm set 100 --name x; [[ -e /run/failed ]] || { : >/run/failed; exit 3; }", "bad")]
    [InlineData("the script read a page and failed then", "qm set 100 --name x; curl -fsS https://host/page; [[ -e /run/failed ]] || { : >/run/failed; exit 3; }", "bad")]
    [InlineData("something later failed", "[[ -e /run/failed ]] || { : >/run/failed; qm create x; }", "bad")]
    public async Task A_plain_retry_fetches_again_where(string what, string step, string fetched)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            cat >/run/bin/curl <<'CURL'
            #!/bin/bash
            [[ $2 == -o ]] || exit 0
            if [[ -e /run/fetched ]]; then echo good | xz >"$3"; echo -n " good" >>/run/fetched; else echo bad >"$3"; echo -n bad >>/run/fetched; fi
            CURL
            chmod +x /run/bin/curl
            mkdir /tmp/work; cd /tmp/work
            VM_RECOVERY=retry
            create_vm() { curl -fsSL -o image.xz https://host/image.xz; {{step}}; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$?"
            cat /run/fetched
            """);

        Assert.True(run.Output == "0\n" + fetched, what + ": " + run.Output + run.Error);
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("unpacked in place", "curl -o image.xz https://host/image.xz; unxz image.xz", "1")]
    [InlineData("unpacked beside it", "curl -o image.xz https://host/image.xz; xz -dk image.xz", "1")]
    [InlineData("unpacked in a directory of its own", "mkdir -p /run/cache; cd /run/cache; curl -o image.xz https://host/image.xz; unxz image.xz", "1")]
    [InlineData("a new directory", "mkdir sub; cd sub; curl -o image https://host/image", "1")]
    [InlineData("a link", "curl -o new https://host/image; ln -s new image", "1")]
    [InlineData("wget's own name", "wget -q https://host/image", "1")]
    [InlineData("a long option", "wget -q --output-document=image https://host/image", "1")]
    [InlineData("curl's own name", "curl -OL https://host/image", "1")]
    [InlineData("what is sent", "curl -sX POST -o image https://host/image", "2")]
    [InlineData("what is said beside the file", "code=$(curl -sw '%{http_code}' -o image https://host/image); [[ $code == 200 ]]", "2")]
    [InlineData("several addresses", "wget -q https://host/a https://host/image", "2")]
    [InlineData("two files", "curl -o first https://host/a -o image https://host/b; cat first; rm first", "2")]
    public async Task A_retry_can_do_the_same_again(string what, string steps, string fetches)
    {
        var run = await LibraryShell.RunAsync(LibraryShell.Node + $$"""

            cat >/run/bin/curl <<'CURL'
            #!/bin/bash
            echo "$*" >>/run/fetched
            for word; do
              case $word in
              *.xz) content=$(echo image | xz | base64) ;;
              http*) name=${word##*/}; content=$(echo image | base64) ;;
              esac
              case $previous in
              -o) files+=("$word") ;;
              -sw) text=200 ;;
              esac
              previous=$word
            done
            [[ $0 != *wget || $* != *=* ]] || files=("${2#*=}")
            for file in "${files[@]:-$name}"; do base64 -d <<<"$content" >"$file"; done
            printf '%s' "$text"
            CURL
            cp /run/bin/curl /run/bin/wget
            chmod +x /run/bin/*
            TEMP_DIR=$(mktemp -d); cd "$TEMP_DIR"; : >before
            VM_RECOVERY=retry
            create_vm() { ls before >/dev/null; {{steps}}; qm create 100 --name mine; cat image; [[ -e /run/failed ]] || { : >/run/failed; false; }; }
            (vm_create_with_recovery create_vm) >/run/out 2>&1
            echo "$? $(wc -l </run/fetched)"
            """);

        Assert.True(run.Output == $"0 {fetches}\n", what + ": " + run.Output + run.Error);
    }
}
