using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Semantics;

/// <summary>
/// The places where a script gives Proxmox VE a setting of the VM, whatever its variables are called.
/// </summary>
/// <param name="Vmid">The VM's number.</param>
/// <param name="Storage">The storage of its disks.</param>
/// <param name="Memory">Its memory in MiB.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="DiskSize">The size of its disk.</param>
internal sealed record VmSettings(
    ImmutableArray<SettingUse> Vmid,
    ImmutableArray<SettingUse> Storage,
    ImmutableArray<SettingUse> Memory,
    ImmutableArray<SettingUse> Cores,
    ImmutableArray<SettingUse> DiskSize
)
{
    /// <summary>
    /// The variable with the VM's number at its creation; null when it is a literal or no VM is made.
    /// </summary>
    public string? VmidVariable => VariableOf(Vmid);

    /// <summary>The variable with the storage; null when it is a literal.</summary>
    public string? StorageVariable => VariableOf(Storage);

    internal static VmSettings Find(VmScript script)
    {
        var vmid = ImmutableArray.CreateBuilder<SettingUse>();
        var storage = ImmutableArray.CreateBuilder<SettingUse>();
        var memory = ImmutableArray.CreateBuilder<SettingUse>();
        var cores = ImmutableArray.CreateBuilder<SettingUse>();
        var size = ImmutableArray.CreateBuilder<SettingUse>();
        foreach (var command in script.Commands)
        {
            if (command.Operation is not { Changes: true } operation)
                continue;
            Add(vmid, command, operation.Vmid);
            Add(storage, command, operation.Storage);
            for (var i = 1; i < command.Arguments.Length; i++)
            {
                switch (command.Arguments[i - 1].Text)
                {
                    case "-memory" or "--memory":
                        Add(memory, command, command.Arguments[i]);
                        break;
                    case "-cores" or "--cores":
                        Add(cores, command, command.Arguments[i]);
                        break;
                    default:
                        break;
                }
            }
            if (operation.Verb == NodeVerb.Resize && command.Arguments is [.., var last])
                Add(size, command, last);
        }
        return new VmSettings(
            vmid.ToImmutable(),
            storage.ToImmutable(),
            memory.ToImmutable(),
            cores.ToImmutable(),
            size.ToImmutable()
        );
    }

    private static void Add(ImmutableArray<SettingUse>.Builder uses, ScriptCommand command, CommandArgument? argument)
    {
        if (argument is { } one)
            uses.Add(new SettingUse(command, one.Span, one.Variable, one.Text));
    }

    private static string? VariableOf(ImmutableArray<SettingUse> uses) =>
        uses.FirstOrDefault(u => u.Variable is not null)?.Variable;
}

/// <summary>One place where a setting is given.</summary>
/// <param name="Command">The command that gets it.</param>
/// <param name="Span">The bytes of the argument.</param>
/// <param name="Variable">The variable when the argument is nothing else; null otherwise.</param>
/// <param name="Text">The text when the argument is constant; null otherwise.</param>
internal sealed record SettingUse(ScriptCommand Command, TextSpan Span, string? Variable, string? Text);
