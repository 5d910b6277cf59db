using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR120: generated lines were edited by hand.</summary>
internal sealed class Vmr120GeneratedRegionEdited : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR120",
            Name = "generated-region-edited",
            Category = "Generated code",
            Severity = Severity.Warning,
            Summary = "generated lines were edited by hand",
            Rationale =
                "The next 'port' or 'generate' writes them again: the change is lost, or, worse, kept in one "
                + "script and missing in the others.",
            Help = "make the change where the lines come from, and generate again",
            BadExample = """
                #!/usr/bin/env bash
                # >>> vmrecovery guard 000000000000
                echo edited
                # <<< vmrecovery guard

                """,
            GoodExample = """
                #!/usr/bin/env bash
                # >>> vmrecovery guard e21b6608a0f2
                echo edited
                # <<< vmrecovery guard

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        foreach (var edited in GeneratedRegions.EditedIn(script))
            context.Report(edited.Span, edited.Message);
    }
}
