using System.Text;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The state that all cursors over one script share: the findings so far and the limits of the work.</summary>
internal sealed class ReadingState(int length, bool endsStringsEarly)
{
    /// <summary>The deepest nesting that is read; deeper text is skipped. Pool threads have small stacks.</summary>
    private const int DepthLimit = 400;

    private const int CachedLength = 32;
    private readonly string?[] cache = new string?[1024];
    private int depth;

    /// <summary>
    /// Whether a string over several lines ends at its first line when the quote that would close it is glued to a
    /// word. One missing quote turns every later string inside out; this reading keeps them.
    /// </summary>
    public bool EndsStringsEarly { get; } = endsStringsEarly;

    public List<SyntaxToken> Tokens { get; } = new(length / 4);

    public List<Comment> Comments { get; } = [];

    public List<SyntaxProblem> Problems { get; } = [];

    /// <summary>Bytes that looking ahead may still visit: without a limit, unclosed openers cost quadratic time.</summary>
    public long LookAhead { get; set; } = 20L * length + 1000;

    /// <summary>The end in the script of the last token that belongs to a command.</summary>
    public int LastEnd { get; set; }

    /// <summary>Whether a quote was never closed.</summary>
    public bool HasOpenString { get; set; }

    /// <summary>Whether reading stopped because the script is nested too deeply.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>Enters a construct; false when the script is nested too deeply.</summary>
    public bool Enter()
    {
        if (++depth <= DepthLimit)
            return true;
        IsAborted = true;
        return false;
    }

    public void Leave() => depth--;

    public void Report(TextSpan span, string message, string? hint)
    {
        if (!IsAborted)
            Problems.Add(new SyntaxProblem(span, message, hint));
    }

    public void ReportDepth(int position) => Problems.Add(new SyntaxProblem(
        new TextSpan(position, position),
        $"commands are nested more than {DepthLimit} levels deep",
        "the rest of the file was not read; move inner commands into functions"));

    /// <summary>The text of some bytes; short ones are shared.</summary>
    public string Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "";
        if (bytes.Length > CachedLength)
            return Encoding.UTF8.GetString(bytes);
        var hash = (uint)bytes.Length;
        foreach (var b in bytes)
            hash = (hash ^ b) * 16777619;
        ref var known = ref cache[(hash ^ (hash >> 15)) & (uint)(cache.Length - 1)];
        if (known is null || !Same(known, bytes))
            known = Encoding.UTF8.GetString(bytes);
        return known;
    }

    private static bool Same(string text, ReadOnlySpan<byte> bytes) =>
        text.Length == bytes.Length && Ascii.Equals(bytes, text);
}
