using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>Patches one script, in memory. The same text always gives the same result.</summary>
internal static class ScriptPatcher
{
    /// <summary>Patches a script, or brings the patch in it up to date.</summary>
    /// <param name="text">The file.</param>
    /// <param name="inlined">
    /// The recovery part of the library, to carry it along; null to load it, or to leave a script that carries it as it is.
    /// </param>
    public static PatchOutcome Patch(ScriptText text, IReadOnlyList<string>? inlined = null)
    {
        var apart = PatchedText.Split(text);
        if (apart.Damage is { } damage)
            return PatchOutcome.Refused(text, damage);
        var original = apart.Original;
        var script = VmScript.Read(new SourceFile(text.Path, original.Bytes));
        if (script.Tree.Problems is [var problem, ..])
        {
            var syntax = new Refusals(script).At(PortDiagnostics.Syntax, problem.Span, problem.Message);
            return PatchOutcome.Unreadable(text, InFile(syntax with { Help = problem.Hint ?? syntax.Help }, apart));
        }
        var recognition = ShapeRecogniser.Recognise(script);
        if (recognition.HasOwnRecovery)
            return PatchOutcome.Unchanged(text);
        if (recognition.Shape is not { } shape)
            return PatchOutcome.Refused(text, InFile(recognition.Refusal!, apart));
        inlined ??= apart.Regions.FirstOrDefault(r => r is { Name: "inline", WasEdited: false })?.Lines;
        var insertions = PatchWriter.Insertions(script, shape, inlined);
        var after = new ScriptText(text.Path, Insertion.Apply(original, insertions));
        if (PatchGuard.Check(original, script.Tree, after, insertions) is { } broken)
            return PatchOutcome.Refused(text, broken);
        var status = after.Raw.AsSpan().SequenceEqual(text.Raw) ? PatchStatus.Unchanged : PatchStatus.Patched;
        return new PatchOutcome(status, text, after)
        {
            Insertions = insertions,
            HandEdits = [.. apart.Regions.Where(r => r.WasEdited)],
        };
    }

    /// <summary>Takes the patch out of a script.</summary>
    public static PatchOutcome Revert(ScriptText text)
    {
        var apart = PatchedText.Split(text);
        if (apart.Damage is { } damage)
            return PatchOutcome.Refused(text, damage);
        return new PatchOutcome(apart.Regions.Count == 0 ? PatchStatus.Unchanged : PatchStatus.Patched, text, apart.Original)
        {
            HandEdits = [.. apart.Regions.Where(r => r.WasEdited)],
        };
    }

    // A line of the script without our regions, as a line of the file.
    private static Diagnostic InFile(Diagnostic diagnostic, PatchedText apart)
    {
        var line = diagnostic.Location.Line;
        foreach (var region in apart.Regions.Where(_ => line > 0))
        {
            if (region.Line <= line)
                line += region.Lines.Count + 2;
        }
        return diagnostic with { Location = diagnostic.Location.AtLine(line) };
    }
}
