using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR003: the ERR trap does not fire in functions.</summary>
internal sealed class Vmr003ErrTrapNotInherited : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR003",
            Name = "err-trap-not-inherited",
            Category = "Traps and signals",
            Severity = Severity.Warning,
            Summary = "the ERR trap does not fire in functions",
            Rationale =
                "Without 'set -E' functions and subshells do not inherit the ERR trap: a failure in one ends the "
                + "script with no handler, no clean-up and no message.",
            Help = "set -E as well; the handler then needs to know when it runs in a subshell",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                on_error() {
                  local code=$?
                  trap - ERR
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  echo "failed with $code"
                  exit "$code"
                }
                trap on_error ERR
                work() {
                  ls /none
                }
                work
                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -eE
                on_error() {
                  local code=$?
                  trap - ERR
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  echo "failed with $code"
                  exit "$code"
                }
                trap on_error ERR
                work() {
                  ls /none
                }
                work
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnTrap(Check);

    private static void Check(Trap trap, RuleContext context)
    {
        var script = context.Script;
        if (
            trap.Action != TrapAction.Run
            || !trap.IsFor("ERR")
            || !script.IsExecutable
            || trap.Command.Function is not null
            || script.FinalOptions.Errtrace == OptionValue.On
            || script.SetsOption("errtrace")
            || !script.SetsOption("errexit")
        )
            return;
        if (!script.Calls.Any(c => c.Command.Trap is null && c.Function.Commands.Any(Evidence.MayFail)))
            return;
        context.Report(
            trap.Span,
            "functions do not inherit this ERR trap: 'set -E' is missing",
            FixOf(script, context)
        );
    }

    private static Fix? FixOf(VmScript script, RuleContext context)
    {
        var set = script.Commands.FirstOrDefault(c =>
            c.Program == "set"
            && c.Function is null
            && !c.IsInString
            && c.Arguments is [{ Text: ['-', _, ..] flags }, ..]
            && flags[1] != '-'
            && flags.Contains('e', StringComparison.Ordinal)
        );
        var handlers = script.Handlers.Where(h => h.Trap.IsFor("ERR")).DistinctBy(h => h.Function).ToList();
        var guards = handlers.Where(h => !h.LooksAtSubshell).Select(h => HandlerFixes.GuardEdit(h, context)).ToList();
        // A handler that destroys what it does not own must not run more often than it does.
        if (set is null || handlers.Count == 0 || guards.Contains(null) || script.UnownedDestroyers.Count > 0)
            return null;
        var at = set.Arguments[0].Span.Start + set.Arguments[0].Text!.IndexOf('e', StringComparison.Ordinal) + 1;
        return context.Fix("set -E", [new TextEdit(new TextSpan(at, at), "E"), .. guards.OfType<TextEdit>()]) with
        {
            Group = HandlerFixes.Group,
        };
    }
}
