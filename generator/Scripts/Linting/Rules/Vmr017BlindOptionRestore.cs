using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR017: a function switches errexit on at its end, whatever it was before.</summary>
internal sealed class Vmr017BlindOptionRestore : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR017",
            Name = "blind-option-restore",
            Category = "Lost status",
            Severity = Severity.Warning,
            Summary = "a function switches errexit on at its end, whatever it was before",
            Rationale =
                "Called where errexit was off, in a handler or a condition of the caller's, the function changes "
                + "the rest of the caller: 'cmd || true' in it no longer works.",
            Help = "keep $- and restore what was there",
            BadExample = """
                #!/usr/bin/env bash
                silent() {
                  set +e
                  "$@" >/dev/null
                  local code=$?
                  set -e
                  return "$code"
                }
                silent ls /none
                """,
            GoodExample = """
                #!/usr/bin/env bash
                silent() {
                  local code=0
                  "$@" >/dev/null || code=$?
                  return "$code"
                }
                silent ls /none
                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnFunction(Check);

    private static void Check(ScriptFunction function, RuleContext context)
    {
        if (
            function.Definition.Body is not Group
            || WordText.Expands(function.Definition, "-")
            || function.SavesOptions()
        )
            return;
        var sets = function.Commands.Where(c => c.Program == "set" && c.SubshellDepth == 0 && !c.IsInString).ToList();
        if (sets.Find(c => c.SwitchesErrexit('+')) is not { } off)
            return;
        if (sets.FindLast(c => c.SwitchesErrexit('-') && c.Index > off.Index) is { } on)
            context.Report(
                on.Span,
                $"{function.Name} switches errexit on, also for a caller that had it off",
                null,
                context.Related(off.Span, "switched off here")
            );
    }
}
