using System.Collections.Frozen;
using System.Text.RegularExpressions;
using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>
/// Decides whether the shell finds a command of Proxmox VE by its plain name, so that a function of that name can stand
/// in front of the program.
/// </summary>
internal static partial class NodeVisibility
{
    /// <summary>Whether a command changes VMs or volumes past the functions of the shell, as far as the text tells.</summary>
    public static bool IsHidden(VmScript script, ScriptCommand command)
    {
        if (command.ProgramWord is not { } word)
            return false;
        if (command.Operation is { Changes: true } operation)
        {
            return operation.Verb == NodeVerb.Other && command.Program == "pvesh"
                || command.Program is "pvesh" or "qmrestore"
                || word.ConstantText?.Contains('/', StringComparison.Ordinal) == true
                || command.Wrappers.Any(w => IsExternal(script, w))
                || IsInOtherShell(script, command);
        }
        if (command.Operation is not null)
            return false;
        return command.Program is null ? MayReachNode(script, command, word) : PassesOn(script, command);
    }

    // 'ssh node qm destroy "$VMID"', 'bash -c "qm destroy $VMID"', 'bash <<EOF'.
    private static bool PassesOn(VmScript script, ScriptCommand command)
    {
        if (command.Program is "echo" or "printf" or "eval" or "trap" || script.Functions.ContainsKey(command.Program!))
            return false;
        var words = command.Arguments.Zip(command.Arguments.Skip(1)).Any(pair =>
            pair.First.Text is { } first && pair.Second.Text is { } second && Change().IsMatch($"{first} {second}"));
        return words || Interpreters.Contains(command.Program!)
            && (command.Arguments.Any(a => Change().IsMatch(script.Tree.Text(a.Node)))
                || command.Redirects.Any(r => r.HereDocument is { } text && Change().IsMatch(script.Tree.Text(text))));
    }

    /// <summary>Programs that run the code in an argument or on standard input, in a shell of its own.</summary>
    private static readonly FrozenSet<string> Interpreters = FrozenSet.Create(
        StringComparer.Ordinal,
        "bash", "sh", "dash", "zsh", "ksh", "su", "runuser", "ssh", "script", "watch", "parallel", "at", "batch", "screen", "tmux",
        "systemd-run", "xargs", "python3", "perl");

    [GeneratedRegex(@"(^|[\s""';&|(/])(qm\s+(create|clone|destroy|stop|shutdown|set|start|importdisk|disk|resize|template|importovf)"
        + @"|pvesm\s+(alloc|free|import)|pvesh\s+(create|set|delete)|qmrestore)\b")]
    private static partial Regex Change();

    /// <summary>Names the reason for which a hidden command is not seen.</summary>
    public static string Describe(VmScript script, ScriptCommand command)
    {
        if (command.Program is "pvesh" or "qmrestore")
            return $"'{command.Program}' changes a VM";
        if (command.Wrappers.LastOrDefault(w => IsExternal(script, w)) is { } wrapper)
            return $"'{command.Program}' runs behind '{wrapper}'";
        if (IsInOtherShell(script, command))
            return $"'{command.Program}' runs in another shell";
        if (command.Operation is null)
            return command.Program is null ? "this may run a program of Proxmox VE" : $"'{command.Program}' runs a program of Proxmox VE";
        return $"'{command.Program}' is called by its path";
    }

    // Functions, also those of ProxmoxVE's libraries, and an empty variable run the command in this shell.
    private static bool IsExternal(VmScript script, string wrapper)
    {
        if (wrapper.StartsWith('$'))
        {
            return script.Assignments.Where(a => a.Name == wrapper[1..]).SelectMany(Values)
                .Any(v => v?.Split(' ')[0] is { } first && CommandReach.IsWrapper(first) && IsExternal(script, first));
        }
        return wrapper is not ("eval" or "run" or "silent" or "try") && !script.Functions.ContainsKey(wrapper);
    }

    // A string that 'bash -c' runs.
    private static bool IsInOtherShell(VmScript script, ScriptCommand command) =>
        command.IsInString && script.Commands.Any(c =>
            c.Program is "bash" or "sh" or "dash" && !ReferenceEquals(c, command) && c.Span.Contains(command.Span));

    // '$tool destroy "$VMID"', where the variable is more than a plain name.
    private static bool MayReachNode(VmScript script, ScriptCommand command, Word word)
    {
        if (CommandArgument.SingleExpansionOf(word) is not { } expansion)
            return word.Parts is [.., Literal last] && last.Value is "/qm" or "/pvesm";
        var values = script.Assignments
            .Where(a => a.Name == expansion.Name && CallGraph.GivesValue(a))
            .SelectMany(Values)
            .ToList();
        if (values.Exists(v => v is not null && NamesNodeProgram(v)))
            return values.Exists(v => v is null || NamesNodeProgram(v) && !IsPlain(v));
        return command.Verb is "destroy" or "stop" or "create" or "importdisk" or "clone" && command.Arguments.Length > 1
            && values.TrueForAll(v => v is null);
    }

    private static IEnumerable<string?> Values(VariableAssignment assignment) => assignment switch
    {
        { Node.Value: { } value } => [value.ConstantText],
        { Node.Array: { } array } => [string.Join(' ', array.Elements.Select(e => e.Value?.ConstantText ?? ""))],
        _ => [null],
    };

    private static bool NamesNodeProgram(string value) =>
        value.Split(' ').Any(w => NodeOperation.IsNodeProgram(w[(w.LastIndexOf('/') + 1)..]));

    private static bool IsPlain(string value) => value.Split(' ')[0] is "qm" or "pvesm";
}
