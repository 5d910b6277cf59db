using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR080: a handler of INT, TERM or HUP does not end the script.</summary>
internal sealed class Vmr080SignalTrapWithoutExit : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR080",
            Name = "signal-trap-without-exit",
            Category = "Traps and signals",
            Severity = Severity.Error,
            Summary = "a handler of INT, TERM or HUP does not end the script",
            Rationale =
                "After a handler returns, bash goes on with the next command. Ctrl-C then stops one step, and "
                + "the script carries on as if it had succeeded.",
            Help = "end the handler with 'exit' and 128 plus the number of the signal",
            BadExample = """
                #!/usr/bin/env bash
                trap 'echo interrupted' INT
                sleep 100
                echo done
                """,
            GoodExample = """
                #!/usr/bin/env bash
                trap 'echo interrupted; exit 130' INT
                sleep 100
                echo done
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnTrap(Check);

    private static void Check(Trap trap, RuleContext context)
    {
        var signal = trap.Signals.FirstOrDefault(s => s.Ends);
        if (signal.Name is null || trap.Action != TrapAction.Run || trap.Statements.IsEmpty)
            return;
        if (
            trap.Commands.Any(c => c.Program is "exit" or "kill" or "return" or "exec" or "break")
            || trap.Functions.Any(context.Script.Exits)
            || trap.CallsUnknownFunction(context.Script)
        )
            return;
        context.Report(
            trap.Handler!.Span,
            $"the handler of {signal.Name} returns, and the script goes on",
            FixOf(trap, signal, context)
        );
    }

    private static Fix? FixOf(Trap trap, TrapSignal signal, RuleContext context)
    {
        var code = 128 + signal.Number;
        return trap.Handler!.Parts switch
        {
            [SingleQuoted or DoubleQuoted] => context.Fix(
                $"exit with {code}",
                new TextEdit(new TextSpan(trap.Handler.Span.End - 1, trap.Handler.Span.End - 1), $"; exit {code}")
            ),
            [Literal] => context.Fix(
                $"exit with {code}",
                new TextEdit(trap.Handler.Span, $"'{context.Text(trap.Handler)}; exit {code}'")
            ),
            _ => null,
        };
    }
}
