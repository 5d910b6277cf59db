using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR032: a function that loads or prepares a library removes things.</summary>
internal sealed class Vmr032SideEffectAtLoad : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR032",
            Name = "side-effect-at-load",
            Category = "Ownership",
            Severity = Severity.Error,
            Summary = "a function that loads or prepares a library removes things",
            Rationale =
                "Whoever loads a library expects functions. With VMID in the environment, a clean-up at that "
                + "moment destroys a VM before the first question is asked.",
            Help = "leave clean-ups to the handlers that own them",
            BadExample = """
                load_functions() {
                  color
                  cleanup_vmid
                }
                cleanup_vmid() {
                  qm destroy "$VMID"
                }
                """,
            GoodExample = """
                load_functions() {
                  color
                }
                cleanup_vmid() {
                  qm destroy "$VMID"
                }
                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCall(Check);

    private static void Check(FunctionCall call, RuleContext context)
    {
        if (
            call.Caller is { } caller
            && IsLoader(caller.Name)
            && call.Command.Trap is null
            && call.Function.Commands.Any(c =>
                c.Operation is { Verb: NodeVerb.Destroy or NodeVerb.Free }
                || c.Program == "rm" && c.Arguments.Any(a => a.Text is ['-', .., 'f' or 'r'])
            )
        )
            context.Report(
                call.Command.Span,
                $"{caller.Name} calls {call.Function.Name}, which removes things, when a library is loaded"
            );
    }

    private static bool IsLoader(string name) =>
        name.StartsWith("load_", StringComparison.Ordinal)
        || name.StartsWith("init_", StringComparison.Ordinal)
        || name is "load" or "init";
}
