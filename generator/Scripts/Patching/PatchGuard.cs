using System.Globalization;
using System.Text;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>Proves that a patch did what it was meant to do, and nothing else, before anything is written.</summary>
internal static class PatchGuard
{
    private const string Stop = ": vmrecovery-edit-";

    /// <summary>
    /// Checks that the patched script parses, that its syntax tree is the original's with our statements in it, that
    /// taking the edits out gives the original byte for byte, and that bash accepts it.
    /// </summary>
    /// <returns>What is wrong; null when all is well.</returns>
    public static async Task<Refusal?> CheckAsync(
        IShellTools tools, ScriptText original, ScriptText patched, IReadOnlyList<TextEdit> edits, CancellationToken cancellation)
    {
        var apart = PatchedText.Split(patched);
        if (apart.Damage is not null || !apart.Original.Raw.AsSpan().SequenceEqual(original.Raw) || apart.Regions.Any(r => r.WasEdited))
            return Broken("taking the edits out again would not give the same bytes");
        if (patched.Bytes.Length >= MaximumLength)
            return Broken($"with the patch it would have {patched.Bytes.Length} bytes, and 'bash -c \"$(curl …)\"' takes {MaximumLength - 1}");
        if (await tools.BashErrorAsync(patched.Bytes, cancellation) is { } complaint)
            return await BashRefusalAsync(tools, original, complaint, cancellation);
        var (whole, error) = await tools.CanonicalAsync(patched.Bytes, cancellation);
        if (whole is null)
            return Broken($"the result does not parse (line {error!.Line}: {error.Message})");
        var (script, _) = await tools.CanonicalAsync(WithStops(original, edits), cancellation);
        var (pieces, _) = await tools.CanonicalAsync(Encoding.UTF8.GetBytes(Pieces(edits)), cancellation);
        if (script is null || pieces is null || !whole.AsSpan().SequenceEqual(Expected(script, pieces, edits.Count)))
            return Broken("the edits would change the meaning of statements around them");
        return null;
    }

    /// <summary>Linux takes at most 128 KiB in one argument, the final NUL included.</summary>
    private const int MaximumLength = 131072;

    // The original with a statement of its own at each edit: it must come out as a line of its own.
    private static byte[] WithStops(ScriptText original, IReadOnlyList<TextEdit> edits)
    {
        var result = new MemoryStream();
        var position = 0;
        for (var i = 0; i < edits.Count; i++)
        {
            var offset = original.LineStart(edits[i].Line);
            result.Write(original.Bytes, position, offset - position);
            position = offset;
            result.Write(Encoding.UTF8.GetBytes("\n" + StopAt(i) + "\n"));
        }
        result.Write(original.Bytes, position, original.Bytes.Length - position);
        return result.ToArray();
    }

    // Section and run region are two halves of one function.
    private static string Pieces(IReadOnlyList<TextEdit> edits)
    {
        var text = new StringBuilder();
        for (var i = 0; i < edits.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{StopAt(i)}\n{edits[i].Region.Render("\n")}");
        return text.Append(CultureInfo.InvariantCulture, $"{StopAt(edits.Count)}\n").ToString();
    }

    private static string[] Expected(string[] script, string[] pieces, int count)
    {
        var expected = new List<string>(script.Length + pieces.Length);
        foreach (var line in script)
        {
            var stop = Enumerable.Range(0, count).Where(i => StopAt(i) == line).Take(1).ToList();
            if (stop is [var index])
                expected.AddRange(Between(pieces, StopAt(index), StopAt(index + 1)));
            else
                expected.Add(line);
        }
        return [.. expected];
    }

    private static IEnumerable<string> Between(string[] lines, string from, string to)
    {
        var start = Array.IndexOf(lines, from);
        var end = Array.IndexOf(lines, to);
        return start < 0 || end < start ? [] : lines.Skip(start + 1).Take(end - start - 1);
    }

    private static async Task<Refusal?> BashRefusalAsync(
        IShellTools tools, ScriptText original, string message, CancellationToken cancellation) =>
        await tools.BashErrorAsync(original.Bytes, cancellation) is { } before
            ? new Refusal("syntax", 0, "bash does not accept it as it is: " + before)
            : Broken("bash would not accept the result: " + message);

    private static string StopAt(int index) => Stop + index.ToString(CultureInfo.InvariantCulture);

    private static Refusal Broken(string message) => new("guard", 0, message);
}
