namespace VmRecovery.Scripts.Semantics;

/// <summary>Decides whether clean-ups ask whether this run made what they remove.</summary>
internal static class Ownership
{
    /// <summary>Returns the functions that handlers reach and that destroy a VM without such a question.</summary>
    public static List<ScriptFunction> UnownedDestroyers(VmScript script)
    {
        var handlers = script.FunctionsInHandlers;
        var markers = MarkersOf(script);
        return
        [
            .. handlers
                .Where(f =>
                    f.Commands.Any(c => c.Operation is { Verb: NodeVerb.Destroy })
                    && !Asks(f, markers)
                    && !handlers.Any(caller => Calls(caller, f) && Asks(caller, markers))
                )
                .OrderBy(f => f.Definition.Span.Start),
        ];
    }

    /// <summary>The variables that get a value after the VM was made: they can tell that it was.</summary>
    private static HashSet<string> MarkersOf(VmScript script) =>
        script.Creation is not { } creation
            ? []
            : script
                .Assignments.Where(a =>
                    a.Span.Start > creation.First.Span.Start && a.Function == creation.First.Function
                )
                .Select(a => a.Name)
                .Except([script.Settings.VmidVariable ?? ""])
                .ToHashSet(StringComparer.Ordinal);

    private static bool Asks(ScriptFunction function, HashSet<string> markers) =>
        markers.Count > 0 && markers.Any(marker => WordText.Expands(function.Definition, marker));

    private static bool Calls(ScriptFunction caller, ScriptFunction function) =>
        caller.Commands.Any(c => c.Program == function.Name);
}
