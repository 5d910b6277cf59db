using System.Text;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Node.Torture;

/// <summary>A script in which one command reaches the node past the functions that stand in front of <c>qm</c> and <c>pvesm</c>.</summary>
/// <param name="Disguise">The way in which it is written, with an example.</param>
/// <param name="Line">Its line.</param>
/// <param name="Command">The first words of the command.</param>
/// <param name="Script">The whole text.</param>
internal sealed record HiddenCommand(string Disguise, int Line, string Command, byte[] Script)
{
    // The sandbox has its commands in /mnt/bin; a node has them in /usr/sbin.
    private static readonly (string Name, string Pattern)[] Prefixes =
    [
        ("absolute path", "/mnt/bin/{0}"),
        ("command", "command {0}"),
        ("env", "env LC_ALL=C {0}"),
        ("timeout", "timeout 60 {0}"),
        ("xargs", "xargs {0}"),
        ("nice", "nice -n 5 {0}"),
        ("bash -c", "bash -c '{0} \"$@\"' {0}"),
    ];

    /// <summary>Every node-changing command of a script, written in every disguise, one a script.</summary>
    public static IEnumerable<HiddenCommand> Of(string path, byte[] script)
    {
        var file = new SourceFile(path, script);
        foreach (var command in VmScript.Read(file).Commands)
        {
            if (command is not { Operation.Changes: true, Program: "qm" or "pvesm", IsInString: false, Wrappers.Count: 0, ProgramWord: { } word })
                continue;
            if (file.Slice(word.Span) != command.Program)
                continue;
            var (line, text) = (file.Lines.PositionAt(word.Span.Start).Line, $"{command.Program} {command.Verb}");
            foreach (var (name, pattern) in Prefixes)
            {
                var replacement = string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, command.Program);
                yield return new HiddenCommand(name, line, text, Replace(script, word.Span, replacement));
            }
            if (AsApiCall(file, command) is { } call)
                yield return new HiddenCommand("pvesh", line, text, Replace(script, call.Span, call.Text));
        }
    }

    // Up to the VMID: the rest of the options is the same.
    private static (TextSpan Span, string Text)? AsApiCall(SourceFile file, ScriptCommand command)
    {
        if (command is not { Program: "qm", Arguments: [{ Text: { } verb }, { } vmid, ..] } || vmid.Text is ['-', ..])
            return null;
        var id = file.Slice(vmid.Span);
        var call = verb switch
        {
            "create" => $"pvesh create /nodes/localhost/qemu -vmid {id}",
            "set" => $"pvesh set /nodes/localhost/qemu/{id}/config",
            "start" or "stop" => $"pvesh create /nodes/localhost/qemu/{id}/status/{verb}",
            "destroy" => $"pvesh delete /nodes/localhost/qemu/{id}",
            _ => null,
        };
        return call is null ? null : (new TextSpan(command.ProgramWord!.Span.Start, vmid.Span.End), call);
    }

    private static byte[] Replace(byte[] script, TextSpan span, string text) =>
        [.. script.AsSpan(0, span.Start), .. Encoding.UTF8.GetBytes(text), .. script.AsSpan(span.End)];
}
