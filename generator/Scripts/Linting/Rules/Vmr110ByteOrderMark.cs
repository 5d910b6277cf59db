using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR110: the file begins with a byte order mark.</summary>
internal sealed class Vmr110ByteOrderMark : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR110",
            Name = "byte-order-mark",
            Category = "File form",
            Severity = Severity.Note,
            Summary = "the file begins with a byte order mark",
            Rationale =
                "The kernel does not see '#!' behind it, and 'bash -c \"$(curl …)\"' reports 'No such file or "
                + "directory' for line 1.",
            Help = "remove the three bytes",
            BadExample =
                "\uFEFF"
                + """
                    #!/usr/bin/env bash
                    echo hello

                    """,
            GoodExample = """
                #!/usr/bin/env bash
                echo hello

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override int? ShellCheckCode => 1082;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnScript(Check);

    private static void Check(VmScript script, RuleContext context)
    {
        if (script.HasByteOrderMark())
            context.Report(
                new TextSpan(0, 3),
                "a byte order mark stands before the first line",
                context.Fix("remove it", new TextEdit(new TextSpan(0, 3), ""))
            );
    }
}
