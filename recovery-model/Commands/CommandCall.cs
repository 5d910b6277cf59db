using System;
using System.Collections.Immutable;

namespace VmRecovery.Model.Commands;

/// <summary>One call of a program that recovery watches, read by the one normaliser of all spellings.</summary>
/// <param name="Words">The words as run; the first is the program's name without its directory.</param>
/// <param name="Verb">The call's name, the same for all its spellings, such as <c>qm disk import</c>.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Operands">Its words without program, verb, options and their values.</param>
/// <param name="Row">Its row in the table; null for other programs and unknown verbs.</param>
internal sealed record CommandCall(
    ImmutableArray<string> Words, string Verb, CommandKind Kind, ImmutableArray<string> Operands, NodeVerb? Row)
{
    /// <summary>The program's name.</summary>
    internal string Program => Words[0];

    /// <summary>Whether it is one of the node's own commands.</summary>
    internal bool IsNodeCommand => Program is "qm" or "pvesm" or "qmrestore" or "pvesh";

    /// <summary>The number of the VM that the call is about; empty when it names none.</summary>
    internal string Vmid => Row is { Vmid: >= 0 } ? Operand(Row.Vmid) : "";

    /// <summary>The storage that stands as an operand; empty when none does.</summary>
    internal string Storage => Row is { Storage: >= 0 } ? Operand(Row.Storage) : "";

    /// <summary>The volume that stands as an operand; empty when none does.</summary>
    internal string Volume => Row is { Volume: >= 0 } ? Operand(Row.Volume) : "";

    /// <summary>Whether it makes a VM with a configuration of its own.</summary>
    internal bool MakesMachine => Verb is "qm create" or "qm clone" or "qm importovf" or "qmrestore";

    /// <summary>Whether it can make volumes whose names it prints.</summary>
    internal bool MakesVolumes => MakesMachine || Verb is "qm set" or "qm disk import" or "pvesm alloc" or "qm disk move";

    /// <summary>Whether every volume with the new VM's own number was made by this call: it takes none that was there.</summary>
    internal bool CopiesMachine => Verb is "qm clone" or "qm importovf" or "qmrestore";

    /// <summary>Whether somebody talks to it, or its output is a whole volume.</summary>
    internal bool IsConversation => Verb is "qm terminal" or "qm monitor" or "pvesm export";

    /// <summary>Whether it types into a guest, which can't be repeated.</summary>
    internal bool TypesKeys => Verb is "qm sendkey";

    /// <summary>An operand by its place; empty when there are fewer.</summary>
    internal string Operand(int index) => index < Operands.Length ? Operands[index] : "";

    /// <summary>The value of an option, <c>-name value</c>, <c>--name value</c> or <c>--name=value</c>; empty without it.</summary>
    internal string Option(string name)
    {
        var value = "";
        var previous = "";
        foreach (var word in Words)
        {
            if (previous == "-" + name || previous == "--" + name)
                value = word;
            if (word.StartsWith("-" + name + "=", StringComparison.Ordinal) || word.StartsWith("--" + name + "=", StringComparison.Ordinal))
                value = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
            previous = word;
        }
        return value;
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="words">The words as run; the first may be a path.</param>
    internal static CommandCall Read(ImmutableArray<string> words)
    {
        var program = words[0][(words[0].LastIndexOf('/') + 1)..];
        words = words.SetItem(0, program);
        return program switch
        {
            "qm" or "pvesm" => NodeCall(words),
            "qmrestore" => Call(words, "qmrestore", 1),
            "pvesh" => ApiCall.Read(words),
            _ => new CommandCall(words, ProgramCall.Verb(program), ProgramCall.Kind(words), [], null),
        };
    }

    private static CommandCall NodeCall(ImmutableArray<string> words)
    {
        var verb = words.Length > 1 ? words[0] + " " + words[1] : words[0] + " ";
        var length = 2;
        if (words.Length > 2 && verb is "qm disk" or "qm guest" or "qm cloudinit")
        {
            verb += " " + words[2];
            length = 3;
        }
        return Call(words, verb, length);
    }

    private static CommandCall Call(ImmutableArray<string> words, string spelling, int length)
    {
        var row = NodeVerb.Find(spelling);
        var operands = OperandsOf(words, length);
        // No command knows --help: whoever asks changes nothing.
        var asks = words[^1] == "--help";
        var kind = asks ? CommandKind.Query : row?.Kind ?? CommandKind.Changes;
        return new CommandCall(words, row?.Name ?? spelling, kind, operands, row);
    }

    /// <summary>An option takes the next word as its value, unless that is an option too.</summary>
    private static ImmutableArray<string> OperandsOf(ImmutableArray<string> words, int start)
    {
        var operands = ImmutableArray<string>.Empty;
        var takesValue = false;
        for (var i = start; i < words.Length; i++)
        {
            var word = words[i];
            var isOption = word.Length > 1 && word[0] == '-';
            if (!isOption && !takesValue)
                operands = operands.Add(word);
            takesValue = isOption && !word.Contains('=', StringComparison.Ordinal);
        }
        return operands;
    }
}
