using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR030: a handler destroys whatever VM has the number.</summary>
internal sealed class Vmr030DestroyUnowned : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR030",
            Name = "destroy-unowned",
            Category = "Ownership",
            Severity = Severity.Error,
            Summary = "a handler destroys whatever VM has the number",
            Rationale =
                "When 'qm create' fails because somebody else took the number, the handler runs, finds a VM of "
                + "that number, and destroys it: a VM that this run did not make.",
            Help = "remember the number after 'qm create' succeeded, and destroy nothing else",
            BadExample = """
                #!/usr/bin/env bash
                cleanup_vmid() {
                  if qm status "$VMID" >/dev/null; then
                    qm destroy "$VMID" || true
                  fi
                }
                on_error() {
                  local code=$?
                  trap - ERR
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  cleanup_vmid
                  exit "$code"
                }
                set -Eeuo pipefail
                trap on_error ERR
                VMID=$(pvesh get /cluster/nextid)
                qm create "$VMID" --name test
                """,
            GoodExample = """
                #!/usr/bin/env bash
                CREATED_VMID=
                cleanup_vmid() {
                  [[ ${CREATED_VMID:-} == "$VMID" ]] || return 0
                  if qm status "$VMID" >/dev/null; then
                    qm destroy "$VMID" || true
                  fi
                }
                on_error() {
                  local code=$?
                  trap - ERR
                  ((BASH_SUBSHELL == 0)) || exit "$code"
                  cleanup_vmid
                  exit "$code"
                }
                set -Eeuo pipefail
                trap on_error ERR
                VMID=$(pvesh get /cluster/nextid)
                qm create "$VMID" --name test
                CREATED_VMID=$VMID
                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    private const string Marker = "CREATED_VMID";

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        foreach (var function in script.UnownedDestroyers)
        {
            var destroy = function.Commands.First(c => c.Operation is { Verb: NodeVerb.Destroy });
            context.Report(
                destroy.Span,
                $"{function.Name} runs after any error and destroys a VM that this run need not have made",
                FixOf(script, function, destroy, context)
            );
        }
    }

    private static Fix? FixOf(VmScript script, ScriptFunction function, ScriptCommand destroy, RuleContext context)
    {
        if (
            script.Creation is not { First: { IsInString: false, IsTested: false, SubshellDepth: 0 } create }
            || destroy.Operation?.Vmid?.Variable is not { } variable
            || create.Operation?.Vmid?.LeadingVariable != variable
            || function.Body is not [var first, ..]
            || script.Tree.Root.Statements.FirstOrDefault(s => s.Command == function.Definition) is not { } definition
            || context.IndentAt(first.Span.Start) is not { } indent
            || context.IndentAt(create.Statement.Span.Start) is not { } createIndent
            || context.IndentAt(definition.Span.Start) is not { } definitionIndent
        )
            return null;
        return context.Fix(
            "destroy only the VM that this run created",
            new TextEdit(At(definition.Span.Start), $"{Marker}=\n{definitionIndent}"),
            new TextEdit(At(first.Span.Start), $"[[ ${{{Marker}:-}} == \"${variable}\" ]] || return 0\n{indent}"),
            new TextEdit(At(create.Statement.Span.End), $"\n{createIndent}{Marker}=${variable}")
        );
    }

    private static TextSpan At(int offset) => new(offset, offset);
}
