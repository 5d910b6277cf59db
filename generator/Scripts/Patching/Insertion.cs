using System.Text;

namespace VmRecovery.Scripts.Patching;

/// <summary>A region put into a script. The patcher changes and removes nothing: without the regions it is the script as it was.</summary>
/// <param name="Line">The line of the original, from 1, before which the region goes; one more than there are for the end.</param>
/// <param name="Region">The lines.</param>
/// <param name="Reason">The reason, in one sentence.</param>
internal sealed record Insertion(int Line, Region Region, string Reason)
{
    /// <summary>Lines that a diff shows as added.</summary>
    public int LineCount => Region.Lines.Count + 2;

    /// <summary>Makes all insertions; they are in the order of their lines.</summary>
    public static byte[] Apply(ScriptText original, IReadOnlyList<Insertion> insertions)
    {
        var result = new MemoryStream();
        var position = 0;
        foreach (var insertion in insertions)
        {
            var offset = original.RawLineStart(insertion.Line);
            result.Write(original.Raw, position, offset - position);
            position = offset;
            result.Write(Encoding.UTF8.GetBytes(insertion.Text(original, original.LineEndingBefore(insertion.Line))));
        }
        result.Write(original.Raw, position, original.Raw.Length - position);
        return result.ToArray();
    }

    /// <summary>Returns the inserted text; a script whose last line has no end gets one first.</summary>
    public string Text(ScriptText original, string lineEnding)
    {
        var unfinished = original.RawLineStart(Line) == original.Raw.Length && !original.EndsWithNewline;
        return (unfinished ? lineEnding : "") + Region.Render(lineEnding, finalNewlineAdded: unfinished);
    }
}
