using System.Globalization;
using System.Text.RegularExpressions;

namespace VmRecovery.Node.Simulated.Commands;

/// <summary>What one command takes: its usage line, positional words, flags and options with a value.</summary>
internal sealed record Syntax(string Usage, int Words, string Flags = "", string Values = "")
{
    private readonly Regex flags = new($"^(?:{Flags})$", RegexOptions.CultureInvariant);
    private readonly Regex values = new($"^(?:{Values})$", RegexOptions.CultureInvariant);

    /// <summary>Reads a command's words as Proxmox's option parser does, its traps included.</summary>
    public Invocation Parse(IReadOnlyList<string> arguments)
    {
        var words = new List<string>();
        var options = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument.Length < 2 || argument[0] != '-')
            {
                words.Add(argument);
                continue;
            }
            var name = argument.TrimStart('-');
            string? value = null;
            if (argument.StartsWith("--", StringComparison.Ordinal) && name.IndexOf('=', StringComparison.Ordinal) is var at and > 0)
                (name, value) = (name[..at], name[(at + 1)..]);
            var isFlag = Flags.Length > 0 && flags.IsMatch(name);
            if (!isFlag && !(Values.Length > 0 && values.IsMatch(name)))
                throw CommandFailure.Usage(Usage, "Unknown option: " + name, "400 unable to parse option");
            var hasNext = i + 1 < arguments.Count && !arguments[i + 1].StartsWith('-');
            // A bare flag takes the next word as its value, whatever it was meant to be.
            if (value is null && (hasNext || (!isFlag && i + 1 < arguments.Count)))
                value = arguments[++i];
            if (value is null && !isFlag)
                throw CommandFailure.Usage(Usage, $"Option {name} requires an argument", "400 unable to parse option");
            options[name] = isFlag ? Boolean(value) : value!;
        }
        if (words.Count != Words)
            throw CommandFailure.Usage(Usage, words.Count < Words ? "400 not enough arguments" : "400 too many arguments");
        return new Invocation(this, words, options);
    }

    private string Boolean(string? value) => value switch
    {
        null or "1" or "yes" or "true" or "on" => "1",
        "0" or "no" or "false" or "off" => "0",
        _ => Words > 0 && int.TryParse(value, CultureInfo.InvariantCulture, out _)
            ? throw CommandFailure.Usage(Usage, "400 not enough arguments")
            : throw CommandFailure.Usage(Usage, "400 unable to parse boolean option"),
    };
}

/// <summary>A command line after parsing; flags have the values <c>1</c> and <c>0</c>.</summary>
internal sealed record Invocation(Syntax Syntax, IReadOnlyList<string> Words, SortedDictionary<string, string> Options)
{
    public bool Flag(string name) => Options.GetValueOrDefault(name) == "1";

    public string? Value(string name) => Options.GetValueOrDefault(name);

    /// <summary>The VMID in the given position.</summary>
    public int VmId(int position = 0)
    {
        var word = Words[position];
        if (!Regex.IsMatch(word, "^[0-9]+$"))
            throw CommandFailure.Parameter(Syntax.Usage, $"vmid: type check ('integer') failed - got '{word}'");
        if (word[0] == '0' || word.Length is < 3 or > 9)
            throw CommandFailure.Parameter(Syntax.Usage, "vmid: invalid format - value does not look like a valid VM ID");
        return int.Parse(word, CultureInfo.InvariantCulture);
    }
}
