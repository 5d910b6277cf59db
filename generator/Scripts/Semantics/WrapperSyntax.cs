using System.Collections.Frozen;

namespace VmRecovery.Scripts.Semantics;

/// <summary>The arguments that stand between a wrapper, such as <c>timeout</c>, and the command that it runs.</summary>
/// <param name="ValueOptions">Options whose value is the next word.</param>
/// <param name="Operands">Number of words after the options that belong to the wrapper.</param>
/// <param name="Assignments">Whether <c>NAME=value</c> may precede the command.</param>
internal sealed record WrapperSyntax(FrozenSet<string> ValueOptions, int Operands, bool Assignments)
{
    /// <summary>The syntax of a wrapper without options.</summary>
    public static readonly WrapperSyntax Plain = new("");

    /// <summary>Creates a syntax from options separated by blanks.</summary>
    public WrapperSyntax(string valueOptions, int Operands = 0, bool Assignments = false)
        : this(
            valueOptions.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal),
            Operands,
            Assignments
        ) { }

    /// <summary>Returns the index of the first word of the command behind the wrapper.</summary>
    public int Skip(ReadOnlySpan<string?> words, int at)
    {
        while (at < words.Length && words[at] is { } word)
        {
            if (word == "--")
            {
                at++;
                break;
            }
            if (word.StartsWith('-') && word.Length > 1)
                at += ValueOptions.Contains(word) ? 2 : 1;
            else if (Assignments && IsAssignment(word))
                at++;
            else
                break;
        }
        return at + Operands;
    }

    /// <summary>Whether the wrapper only says where a command is, as <c>command -v</c> does.</summary>
    public static bool OnlyLooksUp(string program, ReadOnlySpan<string?> options)
    {
        foreach (var option in options)
        {
            if ((program, option) is ("command", "-v" or "-V") or ("sudo", "-v" or "-l" or "-k"))
                return true;
        }
        return false;
    }

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && word.AsSpan(0, equals).IndexOfAnyExcept(NameCharacters) < 0;
    }

    private static readonly System.Buffers.SearchValues<char> NameCharacters = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );
}
