using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR100: a password stands in the arguments of a command.</summary>
internal sealed class Vmr100SecretInArgv : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR100",
            Name = "secret-in-argv-or-trace",
            Category = "Secrets",
            Severity = Severity.Warning,
            Summary = "a password stands in the arguments of a command",
            Rationale =
                "Every user of the machine reads the arguments of all processes, and logs of commands keep them.",
            Help = "give it on standard input or in a file of mode 0600",
            BadExample = """
                #!/usr/bin/env bash
                qm set "$VMID" --cipassword "$password"

                """,
            GoodExample = """
                #!/usr/bin/env bash
                qm set "$VMID" --sshkeys "$keys"

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["qm", "pct", "pvesh", "pvesm"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        for (var i = 0; i + 1 < command.Arguments.Length; i++)
        {
            if (
                command.Arguments[i].Text is "-cipassword" or "--cipassword" or "-password" or "--password"
                && command.Arguments[i + 1].Text is null
            )
                context.Report(
                    new TextSpan(command.Arguments[i].Span.Start, command.Arguments[i + 1].Span.End),
                    $"the password stands in the arguments of '{command.Program}'"
                );
        }
    }
}
