using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Patching;

/// <summary>A region found in a script.</summary>
/// <param name="Name">The name in its marker.</param>
/// <param name="Line">The 1-based line of its opening marker.</param>
/// <param name="Lines">The lines between the markers, without line endings.</param>
/// <param name="WasEdited">The lines are not those that the tool wrote.</param>
internal sealed record FoundRegion(string Name, int Line, IReadOnlyList<string> Lines, bool WasEdited);

/// <summary>A script taken apart: what is the script's own, and what the patcher put in.</summary>
/// <param name="Original">The script without our regions, byte for byte.</param>
/// <param name="Regions">Our regions, in order; empty when it was never patched.</param>
/// <param name="Damage">A marker without its partner; null when all is well.</param>
internal sealed record PatchedText(ScriptText Original, IReadOnlyList<FoundRegion> Regions, Diagnostic? Damage)
{
    /// <summary>Takes a script apart by its markers.</summary>
    public static PatchedText Split(ScriptText text)
    {
        var original = new List<byte>(text.Raw.Length);
        var regions = new List<FoundRegion>();
        for (var line = 1; line <= text.LineCount; line++)
        {
            var content = text.Line(line);
            if (content.StartsWith(Region.Closing, StringComparison.Ordinal))
                return Damaged(text, line, "this marker closes a region that was never opened");
            if (!content.StartsWith(Region.Opening, StringComparison.Ordinal))
            {
                original.AddRange(text.Raw.AsSpan(text.RawLineStart(line)..text.RawLineStart(line + 1)));
                continue;
            }
            var fields = content[Region.Opening.Length..].Split(' ');
            var end = line + 1;
            while (end <= text.LineCount && text.Line(end) != Region.Closing + fields[0])
            {
                if (text.Line(end).StartsWith(Region.Opening, StringComparison.Ordinal))
                    end = text.LineCount;
                end++;
            }
            if (end > text.LineCount)
                return Damaged(text, line, $"this marker opens a region that '{Region.Closing}{fields[0]}' never closes");
            var lines = Enumerable.Range(line + 1, end - line - 1).Select(text.Line).ToList();
            var edited = fields.Length < 2 || new Region(RegionKind.Load, lines).Hash != fields[1];
            regions.Add(new FoundRegion(fields[0], line, lines, edited));
            if (fields.Contains(Region.NoFinalNewline) && end == text.LineCount)
                RemoveLineEnding(original);
            line = end;
        }
        return new PatchedText(regions.Count == 0 ? text : new ScriptText(text.Path, [.. original]), regions, null);
    }

    private static PatchedText Damaged(ScriptText text, int line, string message) =>
        new(text, [], new Diagnostic(PortDiagnostics.DamagedMarker, Location.OfLine(text.Path, line, text.Line(line)), message)
        {
            Help = PortDiagnostics.DamagedMarker.Help,
        });

    private static void RemoveLineEnding(List<byte> bytes)
    {
        foreach (var end in "\n\r"u8)
        {
            if (bytes.Count > 0 && bytes[^1] == end)
                bytes.RemoveAt(bytes.Count - 1);
        }
    }
}
