using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR101: a password is written to a file of a known name in /tmp.</summary>
internal sealed class Vmr101SecretFileUnsafe : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR101",
            Name = "secret-file-unsafe",
            Category = "Secrets",
            Severity = Severity.Warning,
            Summary = "a password is written to a file of a known name in /tmp",
            Rationale =
                "The file can be there already, as somebody else's, or as a link; and it is readable until a "
                + "chmod that may never come.",
            Help = "use mktemp, which makes the file with mode 0600",
            BadExample = """
                #!/usr/bin/env bash
                echo "$DB_PASSWORD" >/tmp/credentials

                """,
            GoodExample = """
                #!/usr/bin/env bash
                file=$(mktemp)
                echo "$DB_PASSWORD" >"$file"

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["echo", "printf", "cat"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (
            command.Redirects.FirstOrDefault(r =>
                r.Operator is RedirectOperator.Output or RedirectOperator.Append
                && r.Target is { } target
                && Evidence.IsPredictable(target)
            )
                is { } redirect
            && context.Script.WritesSecret(command.Node)
        )
            context.Report(redirect.Span, "a secret goes to a file that others can make, read or replace");
    }
}
