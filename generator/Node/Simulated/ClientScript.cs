namespace VmRecovery.Node.Simulated;

/// <summary>
/// The small program that stands on PATH as <c>qm</c>, <c>pvesm</c>, …: hands its words to the node and does what the
/// node answers. Frames of the answer, one a line: <c>oTEXT</c> and <c>eTEXT</c> print (escaped for printf %b), <c>fNTEXT</c> to descriptor N,
/// <c>xN</c> exits, <c>sSIGNAL</c> dies of a signal, <c>r</c> runs the real program,
/// <c>a</c> tells the node that everything is printed, <c>wSECONDS TITLE</c> leaves a worker task of that title at work for that long,
/// <c>t</c> leaves the terminal to a process group that is gone,
/// <c>cNAME</c> a child of that name that goes on without it and holds the connection until it ends.
/// </summary>
internal static class ClientScript
{
    /// <summary>The programs that the node answers for.</summary>
    public static readonly IReadOnlyList<string> Programs = ["qm", "pvesm", "pvesh", "pct", "pveversion", "lvs"];

    /// <summary>How long the copy of an import goes on that was killed.</summary>
    public static readonly TimeSpan TimeOfAChild = TimeSpan.FromSeconds(3);

    /// <summary>The client's text.</summary>
    /// <param name="port">Where the node listens on the loopback interface.</param>
    /// <param name="token">What the node wants to hear first.</param>
    public static string Text(int port, string token) => $$"""
        #!/bin/bash
        # Asks the simulated node what this command does.
        name=${0##*/}
        exec {node}<>/dev/tcp/127.0.0.1/{{port}} || exit 125
        for signal in INT TERM HUP; do
          # The node decides how a command ends that is signalled.
          trap "printf 'signal %s\n' $signal >&$node" "$signal"
        done
        printf '%s\0' {{token}} "$name" "$PWD" "$#" "$@" >&"$node"
        while IFS= read -r -u "$node" frame; do
          text=${frame:1}
          case $frame in
            o*) printf '%b' "$text" ;;
            e*) printf '%b' "$text" >&2 ;;
            f*) printf '%b' "${text:1}" >&"${text:0:1}" ;;
            a*) printf 'printed\n' >&"$node" ;;
            x*) exit "$text" ;;
            s*)
              trap - "$text"
              kill -s "$text" "$$"
              exit 125
              ;;
            w*)
              # In a session of its own, as Proxmox's worker tasks are.
              seconds=${text%% *} text=${text#* }
              setsid bash -c 'exec -a "$0" /usr/bin/sleep "$1"' "$text" "$seconds" {node}>&- </dev/null >/dev/null 2>&1 &
              until IFS= read -r -d '' title <"/proc/$!/cmdline" && [[ $title == "$text" ]]; do :; done
              ;;
            c*)
              # The file that it writes is its last word, as that of qemu-img.
              bash -c 'exec -a "$0" perl -e "sleep {{TimeOfAChild.Seconds}}" convert "$1"' "${text%% *}" "${text#* }" </dev/null >/dev/null 2>&1 &
              until IFS= read -r -d '' title <"/proc/$!/cmdline" && [[ $title == "${text%% *}" ]]; do :; done
              ;;
            t*)
              # A worker takes the terminal, and nobody takes it back from one that was killed.
              perl -MPOSIX -e '$SIG{TTOU} = "IGNORE"; open my $t, "+<", "/dev/tty" or exit; setpgid 0, 0; tcsetpgrp fileno $t, $$' 2>/dev/null
              ;;
            r*)
              exec {node}>&-
              trap - INT TERM HUP
              PATH=${PATH#"${0%/*}":}
              exec "$name" "$@"
              ;;
          esac
        done
        exit 125

        """;

    /// <summary>Writes the client into a directory, under each of those names.</summary>
    public static void Write(string directory, IEnumerable<string> programs, int port, string token)
    {
        var client = Path.Combine(directory, ".client");
        File.WriteAllBytes(client, System.Text.Encoding.ASCII.GetBytes(Text(port, token)));
        File.SetUnixFileMode(client, (UnixFileMode)0b111_101_101);
        // One file, many names: the client goes by the name under which it was called.
        foreach (var program in programs)
            File.CreateSymbolicLink(Path.Combine(directory, program), $"../{Path.GetFileName(directory)}/.client");
    }
}
