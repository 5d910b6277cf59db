using VmRecovery.Shell;

namespace VmRecovery.Patching;

/// <summary>The edits that give a script of a known shape its recovery.</summary>
internal static class PatchWriter
{
    /// <summary>All edits, in the order of their lines.</summary>
    /// <param name="script">The script.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="inlined">The recovery part of the library, to carry it along; null to load it.</param>
    public static IReadOnlyList<TextEdit> Edits(ShellScript script, ScriptShape shape, IReadOnlyList<string>? inlined)
    {
        var edits = new List<TextEdit>();
        var sectionLine = LineAfter(script, shape.BeforeSection);
        var loadLine = shape.LibraryLoad is null ? sectionLine : Math.Min(sectionLine, LineAfter(script, shape.LibraryLoad));
        if (inlined is not null)
            edits.Add(new TextEdit(loadLine, new Region(RegionKind.Inline, inlined), "carries the recovery part of vm-core.func along"));
        else if (!shape.LoadsVmCore)
            edits.Add(new TextEdit(loadLine, Load(shape), "loads the recovery part of vm-core.func from where the other libraries come"));
        foreach (var cleanUp in shape.CleanUps)
        {
            edits.Add(new TextEdit(
                Math.Max(loadLine, LineAfter(script, cleanUp.Node)), Guard(cleanUp.Name), "a VM that this run did not create must survive an early failure"));
        }
        edits.Add(new TextEdit(sectionLine, Section(shape), "the creation of the VM becomes a function, so that it can run again"));
        edits.Add(new TextEdit(RunLine(script, shape), Run(script, shape), "runs it with recovery, or as before when the library is not there"));
        return [.. edits.OrderBy(e => e.Line)];
    }

    // All of it or nothing: half a library would look as if recovery were there.
    private static Region Load(ScriptShape shape) => new(RegionKind.Load,
    [
        "# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before",
        $"source /dev/stdin recovery <<<\"$(text=$({shape.FetchCommand}) && echo \"$text\")\" || true",
    ]);

    private static Region Guard(string cleanUp) => new(RegionKind.Guard,
    [
        $"declare -F vm_create_with_recovery >/dev/null && {cleanUp}() {{ :; }} # recovery removes what this run made, and nothing else",
    ]);

    // Without the library, the ERR trap has to be as active inside the function as it was outside of it: set -E would
    // also arm it in every function and substitution.
    private static Region Section(ScriptShape shape) => new(RegionKind.Section,
    [
        $"{shape.SectionName}() {{",
        "  eval \"${1:-}\"",
    ]);

    private static Region Run(ShellScript script, ScriptShape shape) => new(RegionKind.Run,
    [
        .. EndsWithStatusOfCondition(script, shape) ? ["  return 0"] : Array.Empty<string>(),
        "}",
        "if declare -F vm_create_with_recovery >/dev/null; then",
        $"  vm_create_with_recovery {shape.SectionName}",
        "else",
        $"  {shape.SectionName} \"$(trap -p ERR)\"",
        "fi",
    ]);

    // A last statement such as '[ -n "$x" ] && echo' may end with status 1 without being a failure, in a script; as the
    // last one of a function it would make the call of the function fail.
    private static bool EndsWithStatusOfCondition(ShellScript script, ScriptShape shape) =>
        shape.Section[^1] is var last
        && (last.Child("Cmd") is not { Kind: "Call" } || script.Text.Slice(last.Span).StartsWith('!'));

    private static int RunLine(ShellScript script, ScriptShape shape) =>
        shape.AfterSection is { } after ? script.LineOf(after.Span) : script.Text.LineCount + 1;

    // Several statements may share a line, and a here-document may follow it.
    private static int LineAfter(ShellScript script, SyntaxNode node)
    {
        var line = script.LastLineOf(node) + 1;
        foreach (var statement in script.Statements)
        {
            if (script.LineOf(statement.Span) < line)
                line = Math.Max(line, script.LastLineOf(statement) + 1);
        }
        return line;
    }
}
