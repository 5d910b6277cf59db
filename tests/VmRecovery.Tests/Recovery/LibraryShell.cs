using VmRecovery.Processes;

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
        source /dev/fd/9 recovery
        exec 9<&-
        """;

    /// <summary>Runs a piece of bash. Its stdin is empty and it has no terminal.</summary>
    public static Task<ProcessOutcome> RunAsync(string script, params (string Name, string? Value)[] environment)
    {
        var variables = environment.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        variables["LIBRARY"] = Checkout.Library;
        string[] owner = Environment.IsPrivilegedProcess ? [] : ["--map-root-user"];
        return ProcessRunner.RunAsync(
            "setsid",
            ["--wait", "unshare", .. owner, "--mount", "bash", "-c", Setup + "\n" + script],
            timeLimit: TimeSpan.FromSeconds(20),
            environment: variables);
    }
}
