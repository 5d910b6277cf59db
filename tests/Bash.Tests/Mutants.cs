namespace VmRecovery.Bash.Tests;

/// <summary>Scripts with a few random edits, the same for the same seed.</summary>
/// <remarks>A linear congruential generator: the sequence must not change with the runtime.</remarks>
internal sealed class Mutants(ulong seed)
{
    private static readonly byte[][] Snippets = [.. new[]
    {
        "\"", "'", "`", "$", "(", ")", "{", "}", "[", "]", "[[", "]]", "((", "))", "$(", "${", "$((", "<<E", "<<-'E'", "\nE\n", ";", ";;", "&", "&&",
        "|", "||", "<", ">", ">&", "#", "\\", "\n", " ", "\t", "=", "+=", "!", "if ", "then ", "fi ", "do ", "done ", "case x in ", "esac ", "for ", "while ",
        "function ", "f() ", "time ", "coproc ", "a[", "@(", "*", "~", ":", "-", "$'", "$\"", "<(", "in ", "é", "\r", "x=(", "${a[", "select ", "else ",
    }.Select(System.Text.Encoding.UTF8.GetBytes)];

    private ulong state = seed * 2862933555777941757 + 3037000493;

    /// <summary>A random number below a limit.</summary>
    public int Next(int limit)
    {
        state = state * 6364136223846793005 + 1442695040888963407;
        return (int)((state >> 33) % (ulong)limit);
    }

    /// <summary>The script with one to <paramref name="most"/> edits.</summary>
    public byte[] Mutate(byte[] script, int most)
    {
        for (var edits = 1 + Next(most); edits > 0; edits--)
            script = Edit(script);
        return script;
    }

    private byte[] Edit(byte[] script)
    {
        var at = Next(script.Length + 1);
        switch (Next(4))
        {
            case 0:
                return [.. script[..at], .. Snippets[Next(Snippets.Length)], .. script[at..]];
            case 1 when at < script.Length:
                return [.. script[..at], .. script[(at + 1)..]];
            case 2 when at < script.Length:
                var end = Math.Min(script.Length, at + 1 + Next(12));
                return [.. script[..at], .. script[end..]];
            default:
                var from = Next(script.Length + 1);
                var length = Next(Math.Min(30, script.Length - from + 1));
                return [.. script[..at], .. script[from..(from + length)], .. script[at..]];
        }
    }
}
