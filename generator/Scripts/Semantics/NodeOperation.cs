using System.Collections.Immutable;

namespace VmRecovery.Scripts.Semantics;

/// <summary>The operation of a command on the node, whatever program it uses.</summary>
/// <param name="Verb">The effect.</param>
/// <param name="Vmid">The argument with the VM's number; null when the command has none.</param>
/// <param name="Storage">The argument with the storage; null when the command has none.</param>
internal sealed record NodeOperation(NodeVerb Verb, CommandArgument? Vmid = null, CommandArgument? Storage = null)
{
    /// <summary>Whether the operation changes something on the node.</summary>
    public bool Changes => Verb != NodeVerb.Query;

    /// <summary>Whether the program is one of Proxmox VE's that work on VMs and volumes.</summary>
    public static bool IsNodeProgram(string? program) => program is "qm" or "pvesm" or "pvesh" or "qmrestore";

    /// <summary>Recognises the operation; null for other programs and for a verb that is not constant.</summary>
    public static NodeOperation? Of(string? program, ImmutableArray<CommandArgument> arguments) =>
        program switch
        {
            "qm" or "pvesm" or "pvesh" or "qmrestore" when arguments.Any(a => a.Text is "--help" or "-h") => new NodeOperation(NodeVerb.Query),
            "qm" when arguments is [{ Text: { } verb }, ..] => Qm(verb, arguments),
            "pvesm" when arguments is [{ Text: { } verb }, ..] => Pvesm(verb, arguments),
            "pvesh" when arguments is [{ Text: { } verb }, { } path, ..] => Pvesh(verb, path),
            "qmrestore" => new NodeOperation(NodeVerb.Create, Operand(arguments, 1), Option(arguments, "storage")),
            _ => null,
        };

    private static NodeOperation Qm(string verb, ImmutableArray<CommandArgument> arguments)
    {
        if (verb == "disk" && arguments is [_, { Text: { } inner }, ..])
            return Qm(
                inner switch
                {
                    "import" => "importdisk",
                    _ => inner,
                },
                arguments.RemoveAt(0)
            );
        var vmid = Operand(arguments, 1);
        return verb switch
        {
            "create" => new(NodeVerb.Create, vmid, Option(arguments, "storage")),
            "clone" => new(NodeVerb.Create, Operand(arguments, 2), Option(arguments, "storage")),
            "importdisk" => new(NodeVerb.Import, vmid, Operand(arguments, 3)),
            "importovf" => new(NodeVerb.Create, vmid, Operand(arguments, 3)),
            "set" => new(NodeVerb.Configure, vmid),
            "resize" => new(NodeVerb.Resize, vmid),
            "start" or "resume" => new(NodeVerb.Start, vmid),
            "stop" or "shutdown" or "reset" or "reboot" or "suspend" => new(NodeVerb.Stop, vmid),
            "destroy" => new(NodeVerb.Destroy, vmid),
            "sendkey" => new(NodeVerb.Type, vmid),
            "status"
            or "config"
            or "list"
            or "listsnapshot"
            or "pending"
            or "showcmd"
            or "agent"
                or "guest"
            or "help"
            or "wait"
            or "--help" => new(NodeVerb.Query, vmid),
            _ => new(NodeVerb.Other, vmid),
        };
    }

    private static NodeOperation Pvesm(string verb, ImmutableArray<CommandArgument> arguments) =>
        verb switch
        {
            "alloc" => new(NodeVerb.Allocate, Operand(arguments, 2), Operand(arguments, 1)),
            "free" => new(NodeVerb.Free),
            "import" => new(NodeVerb.Allocate),
            "status" or "list" or "path" or "scan" or "help" or "extractconfig" => new(NodeVerb.Query),
            _ => new(NodeVerb.Other),
        };

    private static NodeOperation? Pvesh(string verb, CommandArgument path)
    {
        if (path.Node is not Bash.Syntax.Word word)
            return null;
        var shape = ApiPath.Of(word);
        return (verb, shape) switch
        {
            ("get" or "ls" or "usage" or "help", _) => new(NodeVerb.Query),
            ("create", "/nodes/*/qemu/*/monitor" or "/nodes/*/qemu/*/vncproxy" or "/nodes/*/qemu/*/termproxy") => new(NodeVerb.Query),
            ("create", "/nodes/*/qemu") => new(NodeVerb.Create),
            ("create", "/nodes/*/qemu/*/clone") => new(NodeVerb.Create),
            ("create", "/nodes/*/qemu/*/status/start") => new(NodeVerb.Start),
            ("create", "/nodes/*/qemu/*/status/stop" or "/nodes/*/qemu/*/status/shutdown") => new(NodeVerb.Stop),
            ("create" or "set", "/nodes/*/qemu/*/config") => new(NodeVerb.Configure),
            ("set", "/nodes/*/qemu/*/resize") => new(NodeVerb.Resize),
            ("set", "/nodes/*/qemu/*/sendkey") => new(NodeVerb.Type),
            ("delete", "/nodes/*/qemu/*") => new(NodeVerb.Destroy),
            ("create", "/nodes/*/storage/*/content") => new(NodeVerb.Allocate),
            ("delete", "/nodes/*/storage/*/content/*") => new(NodeVerb.Free),
            _ when shape.Contains("/qemu", StringComparison.Ordinal) => new(NodeVerb.Other),
            _ => null,
        };
    }

    /// <summary>The n-th word that is neither an option nor the value of one; the verb is the 0th.</summary>
    /// <remarks>
    /// An option without <c>=</c>, also a boolean one, takes the next word unless that begins with a dash: seen on
    /// the real
    /// <c>qm</c>, where <c>qm destroy --purge 116</c> lacks its VMID.
    /// </remarks>
    private static CommandArgument? Operand(ImmutableArray<CommandArgument> arguments, int index)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Text is ['-', _, ..] option)
            {
                if (!option.Contains('=', StringComparison.Ordinal) && i + 1 < arguments.Length && arguments[i + 1].Text is not ['-', ..])
                    i++;
                continue;
            }
            if (index-- == 0)
                return arguments[i];
        }
        return null;
    }

    /// <summary>The value of <c>-name value</c> or <c>--name value</c>.</summary>
    private static CommandArgument? Option(ImmutableArray<CommandArgument> arguments, string name)
    {
        for (var i = 0; i + 1 < arguments.Length; i++)
        {
            if (
                arguments[i].Text is { } text
                && text.StartsWith('-')
                && text.AsSpan().TrimStart('-').SequenceEqual(name)
            )
                return arguments[i + 1];
        }
        return null;
    }
}
