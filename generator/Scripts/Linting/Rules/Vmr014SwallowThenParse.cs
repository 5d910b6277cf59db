using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR014: the status of a changing command is thrown away, and its text is searched instead.</summary>
internal sealed class Vmr014SwallowThenParse : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR014",
            Name = "swallow-then-parse",
            Category = "Lost status",
            Severity = Severity.Warning,
            Summary = "the status of a changing command is thrown away, and its text is searched instead",
            Rationale =
                "The text of a failed import differs from version to version. When the search finds nothing, or "
                + "an older volume, the script goes on with the wrong disk.",
            Help = "keep the status: 'out=$(…) || rc=$?', and fail with it",
            BadExample = """
                #!/usr/bin/env bash
                out=$(qm importdisk "$VMID" "$image" "$storage" 2>&1 || true)
                disk=$(sed -n "s/^unused0: //p" <<<"$out")
                qm set "$VMID" --scsi0 "$disk"
                """,
            GoodExample = """
                #!/usr/bin/env bash
                rc=0
                out=$(qm importdisk "$VMID" "$image" "$storage" 2>&1) || rc=$?
                if ((rc != 0)); then
                  echo "$out" >&2
                  exit "$rc"
                fi
                disk=$(sed -n "s/^unused0: //p" <<<"$out")
                qm set "$VMID" --scsi0 "$disk"
                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["qm", "pvesm", "pvesh", "qmrestore"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (
            command.Operation is { Changes: true }
            && command.Substitution is CommandSubstitution
            && Evidence.IsThrownAway(command)
            && command.Streams.Output == OutputTarget.Captured
            && command.Trap is null
        )
            context.Report(
                command.Span,
                $"the status of '{command.Program} {command.Verb}' is thrown away; only its text is looked at"
            );
    }
}
