using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR006: a command that may fail stands unguarded in a handler.</summary>
internal sealed class Vmr006FallibleCommandInHandler : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR006",
            Name = "fallible-command-in-handler",
            Category = "Traps and signals",
            Severity = Severity.Warning,
            Summary = "a command that may fail stands unguarded in a handler",
            Rationale =
                "Errexit is on in handlers, too. When 'qm stop' fails, the 'qm destroy' behind it is skipped, "
                + "and the script ends with the code of 'qm stop'.",
            Help = "add '|| true', or switch errexit off at the start of the handler",
            BadExample = """
                #!/usr/bin/env bash
                set -e
                cleanup() {
                  popd >/dev/null
                  rm -rf "$dir"
                }
                dir=$(mktemp -d)
                trap cleanup EXIT
                pushd "$dir" >/dev/null
                """,
            GoodExample = """
                #!/usr/bin/env bash
                set -e
                cleanup() {
                  popd >/dev/null || true
                  rm -rf "$dir"
                }
                dir=$(mktemp -d)
                trap cleanup EXIT
                pushd "$dir" >/dev/null
                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        var direct = script.Handlers.Where(h => h.Trap.IsFor("ERR") || h.Trap.IsFor("EXIT")).ToList();
        var disarmed = script.Reach(direct.Where(h => h.DisarmsItself).Select(h => h.Function));
        var armed = script.Reach(direct.Where(h => !h.DisarmsItself).Select(h => h.Function));
        foreach (var command in armed.Except(disarmed).SelectMany(f => f.Commands).Distinct().OrderBy(c => c.Index))
        {
            if (
                command.IsTested
                || command.IsPipedInto
                || command.Substitution is not null
                || command.SubshellDepth > 0
                || !Evidence.MayFailInHandler(command)
                || !ErrexitIsOn(command, script)
            )
                continue;
            context.Report(
                command.Span,
                $"when '{command.Program}' fails, the rest of the handler does not run, and its status becomes the exit code",
                command.Statement.Command == command.Node
                    ? context.Fix(
                        "ignore its failure",
                        new TextEdit(new TextSpan(command.Span.End, command.Span.End), " || true")
                    )
                    : null
            );
        }
    }

    private static bool ErrexitIsOn(ScriptCommand command, VmScript script) =>
        command.Options.Errexit == OptionValue.On
        || command.Options.Errexit == OptionValue.Unknown && script.FinalOptions.Errexit == OptionValue.On;
}
