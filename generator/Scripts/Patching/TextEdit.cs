using System.Text;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>One insertion. The patcher changes and removes nothing: taking the insertions out gives the script back.</summary>
/// <param name="Line">The 1-based line of the original before which it goes; one more than there are for the end.</param>
/// <param name="Region">What is inserted.</param>
/// <param name="Reason">Why, in one sentence.</param>
internal sealed record TextEdit(int Line, Region Region, string Reason)
{
    /// <summary>Lines that a diff shows as added.</summary>
    public int LineCount => Region.Lines.Count + 2;

    /// <summary>The script with all edits made; <paramref name="edits"/> are in the order of their lines.</summary>
    public static byte[] Apply(ScriptText original, IReadOnlyList<TextEdit> edits)
    {
        var result = new MemoryStream();
        var position = 0;
        foreach (var edit in edits)
        {
            var offset = original.RawLineStart(edit.Line);
            result.Write(original.Raw, position, offset - position);
            position = offset;
            var ending = original.LineEndingBefore(edit.Line);
            var unfinished = offset == original.Raw.Length && !original.EndsWithNewline;
            if (unfinished)
                result.Write(Encoding.UTF8.GetBytes(ending));
            result.Write(Encoding.UTF8.GetBytes(edit.Region.Render(ending, finalNewlineAdded: unfinished)));
        }
        result.Write(original.Raw, position, original.Raw.Length - position);
        return result.ToArray();
    }
}
