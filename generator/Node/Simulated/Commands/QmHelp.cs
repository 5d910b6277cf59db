namespace VmRecovery.Node.Simulated.Commands;

/// <summary><c>qm help</c>, the one command that explains others.</summary>
internal static class QmHelp
{
    private const string Head = "USAGE: qm <COMMAND> [ARGS] [OPTIONS]";

    private static readonly Syntax[] Commands =
    [
        QmClone.CloneSyntax, QmCreate.Syntax, QmDestroy.Syntax, QmDisk.ImportSyntax, QmDiskMove.MoveSyntax, QmDiskMove.RescanSyntax,
        QmDisk.ResizeSyntax, QmDiskMove.UnlinkSyntax, QmSet.Syntax, QmClone.TemplateSyntax,
    ];

    /// <summary>The usage of all commands.</summary>
    public static IEnumerable<string> Lines => Commands.Select(c => "       " + c.Usage).Prepend(Head);

    /// <summary>Prints the usage of one command, by its full name or its older one, or of all.</summary>
    public static void Print(IReadOnlyList<string> arguments, Reply reply)
    {
        var name = string.Join(' ', arguments) switch
        {
            "importdisk" => "disk import",
            "resize" => "disk resize",
            "move_disk" or "move-disk" => "disk move",
            "rescan" => "disk rescan",
            "unlink" => "disk unlink",
            var other => other,
        };
        if (name.Length > 0 && Commands.FirstOrDefault(c => c.Usage.StartsWith($"qm {name} ", StringComparison.Ordinal)) is { } command)
        {
            reply.Out("USAGE: " + command.Usage);
            return;
        }
        foreach (var line in Lines)
            reply.Out(line);
    }
}
