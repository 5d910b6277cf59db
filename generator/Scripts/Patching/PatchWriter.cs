using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

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
        var load = shape.Load;
        if (inlined is not null)
            edits.Add(new TextEdit(load.Line, new Region(RegionKind.Inline, inlined), "carries the recovery part of vm-core.func along"));
        else if (!load.IsThere)
            edits.Add(new TextEdit(load.Line, Load(load), "loads the recovery part of vm-core.func from where the other libraries come"));
        foreach (var cleanUp in shape.CleanUps)
        {
            // It has to run after both the definition and the loading.
            var line = load.IsInside ? load.Line : Math.Max(load.Line, script.LineAfter(script.Statements, cleanUp.Function.Node));
            edits.Add(new TextEdit(line, Guard(cleanUp), "a VM that this run did not create, or that the user keeps, must survive the script's own clean-up"));
        }
        edits.Add(new TextEdit(shape.SectionLine, Section(shape), "the creation of the VM becomes a function, so that it can run again"));
        edits.Add(new TextEdit(shape.RunLine, Run(script, shape), "runs it with recovery, or as before when the library is not there"));
        return [.. edits.OrderBy(e => e.Line)];
    }

    // All of it or nothing: half a library would look as if recovery were there, and another vm-core.func, of a mirror
    // that is behind, would put its functions in place of the script's.
    private static Region Load(LibraryLoad load) => new(RegionKind.Load,
    [
        "# shellcheck disable=SC1091 # fetched when the script runs; without it the script works as it did before",
        $"source /dev/stdin recovery <<<\"$(text=$({load.FetchCommand}) && [[ $text == *vm_create_with_recovery* ]] && echo \"$text\")\" || true",
    ]);

    private static Region Guard(CleanUp cleanUp) => new(RegionKind.Guard, cleanUp.DoesMore
        ?
        [
            "# Recovery removes what this run made, and nothing else: the rest of this clean-up is done as before.",
            $"declare -F vm_create_with_recovery >/dev/null && eval \"own_$(declare -f {cleanUp.Function.Name})\" && {cleanUp.Function.Name}() {{",
            "  local - status=$?",
            "  set +e",
            "  trap - ERR",
            "  qm() { [[ $1 == @(stop|destroy) ]] || command qm \"$@\"; }",
            "  (exit \"$status\")",
            $"  own_{cleanUp.Function.Name} \"$@\"",
            "}",
        ]
        : [$"declare -F vm_create_with_recovery >/dev/null && {cleanUp.Function.Name}() {{ :; }} # recovery removes what this run made, and nothing else"]);

    // Without the library, the ERR trap has to be as active inside the function as it was outside of it: set -E would
    // also arm it in every function and substitution.
    private static Region Section(ScriptShape shape) => new(RegionKind.Section,
    [
        $"{shape.SectionName}() {{",
        "  eval \"${1:-}\"",
        .. shape.UsesArguments ? [$"  set -- \"${{{shape.SectionName}_arguments[@]}}\""] : Array.Empty<string>(),
    ]);

    private static Region Run(ShellScript script, ScriptShape shape) => new(RegionKind.Run,
    [
        .. EndsWithStatusOfCondition(script, shape) ? ["  return 0"] : Array.Empty<string>(),
        "}",
        .. shape.UsesArguments ? [$"{shape.SectionName}_arguments=(\"$@\")"] : Array.Empty<string>(),
        "if declare -F vm_create_with_recovery >/dev/null; then",
        .. shape.Aliases.Count > 0
            ? ["  # shellcheck disable=SC2034 # by these names the library knows them", $"  declare -gn {string.Join(' ', shape.Aliases)}"]
            : Array.Empty<string>(),
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
}
