using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace VmRecovery.Tests.Patching;

/// <summary>Scripts as other people would have written or edited them: patched or refused, never half done.</summary>
[NeedsProcess]
public sealed class RandomEditTests
{
    private static readonly string[] Scripts =
    [
        .. Fixtures.All("patched").Select(name => Encoding.UTF8.GetString(Fixtures.Input("patched", name))),
    ];

    private static readonly Gen<Func<string, string>> Edit = Gen.OneOf(
        Gen.Int[0, 60].Select<int, Func<string, string>>(n => text => OnLine(text, n, line => "# a remark with 'quotes\n" + line)),
        Gen.Int[0, 60].Select<int, Func<string, string>>(n => text => OnLine(text, n, line => line + "\n")),
        Gen.Int[0, 60].Select<int, Func<string, string>>(n => text => OnLine(text, n, line => line + " # qm create")),
        Gen.Int[0, 60].Select<int, Func<string, string>>(n => text => OnLine(text, n, _ => "")),
        Gen.Int[0, 60].Select<int, Func<string, string>>(n => text => OnLine(text, n, line => line + "\n" + line)),
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Select<(int, int), Func<string, string>>(n => text => Moved(text, n.Item1, n.Item2)),
        Gen.Const<Func<string, string>>(text => text.Replace("\n", "\r\n", StringComparison.Ordinal)),
        Gen.Const<Func<string, string>>(text => text.TrimEnd('\n')),
        Gen.Const<Func<string, string>>(text => text.StartsWith('\uFEFF') ? text[1..] : '\uFEFF' + text),
        Gen.Const<Func<string, string>>(text => text.Replace("qm create", "\"qm\" 'create'", StringComparison.Ordinal)),
        Gen.Const<Func<string, string>>(text => text.Replace("qm create", "qm \\\n  create", StringComparison.Ordinal)),
        Gen.Const<Func<string, string>>(text => text.Replace("msg_ok", "say-done", StringComparison.Ordinal)),
        Gen.Const<Func<string, string>>(text => text.Replace("on_error", "when_it_fails", StringComparison.Ordinal)),
        Gen.Const<Func<string, string>>(text => Regex.Replace(text, @"(?m)^(\w+)\(\) \{", "function $1 {")),
        Gen.Const<Func<string, string>>(text => text.Replace("\"", "'", StringComparison.Ordinal)),
        Gen.Const<Func<string, string>>(text => text.Replace("STORAGE=", "POOL=", StringComparison.Ordinal)));

    [Fact]
    public void A_randomly_edited_script_is_patched_or_refused_and_never_half_done() =>
        Gen.Select(Gen.Int[0, Scripts.Length - 1], Edit.Array[1, 3]).Sample(
            async (which, edits) =>
            {
                var script = Encoding.UTF8.GetBytes(edits.Aggregate(Scripts[which], (text, edit) => edit(text)));
                await PatchChecks.WholeOrNotAtAllAsync(script, await PatchChecks.PatchAsync(script));
            },
            iter: 120,
            threads: 2);

    private static string OnLine(string text, int number, Func<string, string> edit)
    {
        var lines = text.Split('\n');
        lines[number % lines.Length] = edit(lines[number % lines.Length]);
        return string.Join('\n', lines);
    }

    private static string Moved(string text, int from, int to)
    {
        // Blocks are what stands between blank lines.
        var blocks = text.Split("\n\n").ToList();
        var block = blocks[from % blocks.Count];
        blocks.RemoveAt(from % blocks.Count);
        blocks.Insert(to % (blocks.Count + 1), block);
        return string.Join("\n\n", blocks);
    }
}
