using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>Writes the regions that give a script of a known shape its recovery.</summary>
internal static class PatchWriter
{
    /// <summary>Returns all regions with their places, in the order of their lines.</summary>
    /// <param name="script">The script.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="inlined">The recovery part of the library, to carry it along; null to load it.</param>
    public static IReadOnlyList<Insertion> Insertions(VmScript script, ScriptShape shape, IReadOnlyList<string>? inlined)
    {
        var lines = new ScriptLines(script.Tree);
        var insertions = new List<Insertion>();
        var load = shape.Load;
        if (inlined is not null)
            insertions.Add(new Insertion(load.Line, new Region(RegionKind.Inline, inlined), "carries the recovery part of vm-core.func along"));
        else if (!load.IsThere)
            insertions.Add(new Insertion(load.Line, Load(load), "loads the recovery part of vm-core.func from where the other libraries come"));
        foreach (var cleanUp in shape.CleanUps)
        {
            // It has to run after both the definition and the loading.
            var line = load.IsInside ? load.Line : Math.Max(load.Line, lines.After(script.Tree.Root.Statements, cleanUp.Function.Definition));
            insertions.Add(new Insertion(line, Guard(cleanUp), "a VM that this run did not create, or that the user keeps, must survive the script's own clean-up"));
        }
        insertions.Add(new Insertion(shape.SectionLine, Section(shape), "the creation of the VM becomes a function, so that it can run again"));
        insertions.Add(new Insertion(shape.RunLine, Run(shape), "runs it with recovery, or as before when the library is not there"));
        return [.. insertions.OrderBy(e => e.Line)];
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
            .. cleanUp.Programs.Select(Harmless),
            "  (exit \"$status\")",
            $"  own_{cleanUp.Function.Name} \"$@\"",
            "}",
        ]
        : [$"declare -F vm_create_with_recovery >/dev/null && {cleanUp.Function.Name}() {{ :; }} # recovery removes what this run made, and nothing else"]);

    private static string Harmless(string program) => program switch
    {
        "pvesm" => "  pvesm() { [[ $1 == free ]] || command pvesm \"$@\"; }",
        "pvesh" => "  pvesh() { [[ $1 == delete ]] || command pvesh \"$@\"; }",
        _ => "  qm() { [[ $1 == @(stop|destroy) ]] || command qm \"$@\"; }",
    };

    // Without the library, the ERR trap has to be as active inside the function as it was outside of it: set -E would
    // also arm it in every function and substitution.
    private static Region Section(ScriptShape shape) => new(RegionKind.Section,
    [
        $"{shape.SectionName}() {{",
        "  eval \"${1:-}\"",
        .. shape.UsesArguments ? [$"  set -- \"${{{shape.SectionName}_arguments[@]}}\""] : Array.Empty<string>(),
    ]);

    private static Region Run(ScriptShape shape) => new(RegionKind.Run,
    [
        .. EndsWithStatusOfCondition(shape) ? ["  return 0"] : Array.Empty<string>(),
        "}",
        .. shape.UsesArguments ? [$"{shape.SectionName}_arguments=(\"$@\")"] : Array.Empty<string>(),
        "if declare -F vm_create_with_recovery >/dev/null; then",
        .. shape.Aliases.Length > 0
            ? ["  # shellcheck disable=SC2034 # by these names the library knows them", $"  declare -gn {string.Join(' ', shape.Aliases)}"]
            : Array.Empty<string>(),
        $"  vm_create_with_recovery {shape.SectionName}",
        "else",
        $"  {shape.SectionName} \"$(trap -p ERR)\"",
        "fi",
    ]);

    // A last statement such as '[ -n "$x" ] && echo' may end with status 1 without being a failure, in a script; as the
    // last one of a function it would make the call of the function fail.
    private static bool EndsWithStatusOfCondition(ScriptShape shape) => shape.Section[^1].Command is not SimpleCommand;
}
