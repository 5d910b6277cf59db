using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;
using VmRecovery.Node.Simulated.Web;

namespace VmRecovery.Tests.Simulated;

/// <summary>ProxmoxVE's scripts, unmodified, on the simulated node.</summary>
public sealed class UpstreamScriptTests
{
    public static TheoryData<string, string> Scripts()
    {
        var data = new TheoryData<string, string>();
        if (UpstreamTheoryAttribute.Checkout is { } checkout)
            foreach (var script in Directory.GetFiles(Path.Combine(checkout, "vm"), "*.sh").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal))
                // It calls a function that it never defines.
                if (script is not "pimox-haos-vm.sh")
                    data.Add(script, script is "debian-vm.sh" ? "dir" : script is "haos-vm.sh" ? "btrfs" : script is "ubuntu2404-vm.sh" ? "zfs" : "lvm");
        return data;
    }

    internal static StorageKind KindOf(string storage) => storage switch
    {
        "dir" => StorageKind.Dir,
        "btrfs" => StorageKind.Btrfs,
        "zfs" => StorageKind.ZfsPool,
        _ => StorageKind.LvmThin,
    };

    internal static NodeState NodeWith(string storage) =>
        KindOf(storage) is var kind and not StorageKind.LvmThin ? NodeState.With(kind, "disks") : NodeState.Installed();

    [UpstreamTheory]
    [MemberData(nameof(Scripts))]
    public async Task An_unmodified_script_builds_its_vm(string script, string storage)
    {
        var checkout = UpstreamTheoryAttribute.Checkout!;
        var run = new ScriptRun
        {
            State = NodeWith(storage),
            Content = new WebContent { LibraryFolders = { Path.Combine(checkout, "misc") } },
        };

        var result = await run.RunAsync(await File.ReadAllTextAsync(Path.Combine(checkout, "vm", script)), ("DIAGNOSTICS", "yes"));

        Assert.True(result.ExitCode == 0, result.Output + "\n" + string.Join('\n', result.Calls.Select(c => $"{c.ExitCode} {c.CommandLine} {c.Error}")));
        Assert.Contains("boot", Assert.Single(result.Node.Machines).Config.Keys);
        Assert.Equal(["installing", "success"], result.Telemetry.Select(t => t.Status));
    }
}
