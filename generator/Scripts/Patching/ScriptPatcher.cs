using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>What became of one script.</summary>
internal enum PatchStatus
{
    /// <summary>It got, or would get, another text.</summary>
    Patched,

    /// <summary>It is as it should be.</summary>
    Unchanged,

    /// <summary>Its shape is not known, or the result would not be safe; nothing is changed.</summary>
    Refused,

    /// <summary>It can't be read as a bash script.</summary>
    Unreadable,
}

/// <summary>What became of one script, and why.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Before">The file as it was.</param>
/// <param name="After">The file as it should be; the same as before unless <see cref="PatchStatus.Patched"/>.</param>
internal sealed record PatchOutcome(PatchStatus Status, ScriptText Before, ScriptText After)
{
    /// <summary>Why it is refused or unreadable; null otherwise.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The insertions that a patched script has over the unpatched one.</summary>
    public IReadOnlyList<TextEdit> Edits { get; init; } = [];

    /// <summary>The shape that was found; null when it is refused.</summary>
    public ScriptShape? Shape { get; init; }

    /// <summary>Regions of an earlier patch that somebody changed by hand; the new text does not have those changes.</summary>
    public IReadOnlyList<FoundRegion> HandEdits { get; init; } = [];
}

/// <summary>Patches one script, in memory. The same text always gives the same result.</summary>
internal sealed class ScriptPatcher(IShellTools tools)
{
    /// <summary>Patches a script, or brings the patch in it up to date.</summary>
    /// <param name="text">The file.</param>
    /// <param name="inlined">
    /// The recovery part of the library, to carry it along; null to load it, or to leave a script that carries it as it is.
    /// </param>
    /// <param name="cancellation">Ends helper programs.</param>
    public async Task<PatchOutcome> PatchAsync(ScriptText text, IReadOnlyList<string>? inlined = null, CancellationToken cancellation = default)
    {
        var apart = PatchedText.Split(text);
        if (apart.Damage is { } damage)
            return Refused(text, damage);
        var original = apart.Original;
        var read = await tools.ReadAsync(original, cancellation);
        if (read.Error is { } error)
        {
            return new PatchOutcome(PatchStatus.Unreadable, text, text)
            {
                Refusal = new Refusal("syntax", LineInFile(error.Line, apart), error.Message),
            };
        }
        var recognition = ShapeRecogniser.Recognise(read.Script!);
        if (recognition.HasOwnRecovery)
            return new PatchOutcome(PatchStatus.Unchanged, text, text);
        if (recognition.Shape is not { } shape)
            return Refused(text, recognition.Refusal! with { Line = LineInFile(recognition.Refusal!.Line, apart) });
        inlined ??= apart.Regions.FirstOrDefault(r => r is { Name: "inline", WasEdited: false })?.Lines;
        var edits = PatchWriter.Edits(read.Script!, shape, inlined);
        var after = new ScriptText(text.Path, TextEdit.Apply(original, edits));
        if (await PatchGuard.CheckAsync(tools, original, after, edits, cancellation) is { } broken)
        {
            return broken.Element == "syntax"
                ? new PatchOutcome(PatchStatus.Unreadable, text, text) { Refusal = broken }
                : Refused(text, broken);
        }
        return new PatchOutcome(after.Raw.AsSpan().SequenceEqual(text.Raw) ? PatchStatus.Unchanged : PatchStatus.Patched, text, after)
        {
            Edits = edits,
            Shape = shape,
            HandEdits = [.. apart.Regions.Where(r => r.WasEdited)],
        };
    }

    /// <summary>Takes the patch out of a script.</summary>
    public static PatchOutcome Revert(ScriptText text)
    {
        var apart = PatchedText.Split(text);
        if (apart.Damage is { } damage)
            return Refused(text, damage);
        return new PatchOutcome(apart.Regions.Count == 0 ? PatchStatus.Unchanged : PatchStatus.Patched, text, apart.Original)
        {
            HandEdits = [.. apart.Regions.Where(r => r.WasEdited)],
        };
    }

    private static PatchOutcome Refused(ScriptText text, Refusal refusal) => new(PatchStatus.Refused, text, text) { Refusal = refusal };

    // A line of the script without our regions, as a line of the file.
    private static int LineInFile(int line, PatchedText apart)
    {
        foreach (var region in apart.Regions.Where(_ => line > 0))
        {
            if (region.Line <= line)
                line += region.Lines.Count + 2;
        }
        return line;
    }
}
