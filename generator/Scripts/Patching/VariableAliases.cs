using System.Collections.Immutable;
using System.Text.RegularExpressions;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The variables in which a script keeps the VMID and the storage of the disks, found by their use.</summary>
/// <param name="Vmid">The variable that <c>qm create</c> gets; usually <c>VMID</c>.</param>
/// <param name="Storage">The variable that names the storage; usually <c>STORAGE</c>.</param>
internal sealed partial record VariableAliases(string Vmid, string Storage)
{
    private const string UsualVmid = "VMID";
    private const string UsualStorage = "STORAGE";

    /// <summary>The library's names that stand for others in this script, as <c>VMID=VM_ID</c>.</summary>
    public ImmutableArray<string> References =>
    [
        .. Vmid == UsualVmid ? Array.Empty<string>() : [$"{UsualVmid}={Vmid}"],
        .. Storage == UsualStorage ? Array.Empty<string>() : [$"{UsualStorage}={Storage}"],
    ];

    /// <summary>Finds the variables of a script that creates a VM.</summary>
    public static VariableAliases In(VmScript script)
    {
        var vmid = HasValue(script, UsualVmid) ? null : VmidVariable(script);
        var storage = HasValue(script, UsualStorage) || script.Commands.Any(c => c.Program == "vm_select_storage")
            ? null
            : StorageVariable(script);
        return new VariableAliases(vmid ?? UsualVmid, storage ?? UsualStorage);
    }

    private static string? VmidVariable(VmScript script) => script.Commands
        .Where(c => c is { Program: "qm", Verb: "create" })
        .Select(c => c.Operation?.Vmid?.Variable)
        .FirstOrDefault(v => v is not null);

    private static string? StorageVariable(VmScript script)
    {
        var operand = script.Commands
            .Where(c => c.Operation is { Verb: NodeVerb.Allocate or NodeVerb.Import })
            .Select(c => c.Operation!.Storage?.Variable)
            .FirstOrDefault(v => v is not null);
        return operand ?? script.Commands
            .Where(c => c is { Program: "qm", Operation.Verb: NodeVerb.Create or NodeVerb.Configure })
            .Select(c => DiskStorage(script, c))
            .FirstOrDefault(v => v is not null);
    }

    // A disk as STORAGE:SIZE or STORAGE:VOLUME; a CD-ROM may be on another storage.
    private static string? DiskStorage(VmScript script, ScriptCommand command)
    {
        for (var i = 1; i < command.Arguments.Length; i++)
        {
            if (command.Arguments[i - 1].Text is not { } option || !DiskOption().IsMatch(option))
                continue;
            var disk = StorageOfDisk().Match(script.Tree.Text(command.Arguments[i].Node));
            if (disk.Success && !disk.Value.EndsWith("iso/", StringComparison.Ordinal))
                return disk.Groups["name"].Value;
        }
        return null;
    }

    private static bool HasValue(VmScript script, string variable) =>
        script.Assignments.Any(a => a.Name == variable && CallGraph.GivesValue(a))
        || script.Commands.Any(c => c.Program is "read" or "printf" or "mapfile" && c.HasArgument(variable));

    [GeneratedRegex("^--?(scsi|sata|ide|virtio|efidisk|tpmstate)[0-9]+$")]
    private static partial Regex DiskOption();

    [GeneratedRegex(@"^[""']?\$(\{(?<name>[A-Za-z_]\w*)\}|(?<name>[A-Za-z_]\w*))[""']?:(iso/)?")]
    private static partial Regex StorageOfDisk();
}
