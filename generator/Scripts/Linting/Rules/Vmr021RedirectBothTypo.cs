using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR021: 1>&amp;/dev/null throws stderr away, too.</summary>
internal sealed class Vmr021RedirectBothTypo : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR021",
            Name = "redirect-both-typo",
            Category = "Output",
            Severity = Severity.Note,
            Summary = "1>&/dev/null throws stderr away, too",
            Rationale =
                "'1>&file' leads both streams into the file, as '&>file' does. Whoever writes the 1 means stdout.",
            Help = "write '>/dev/null'",
            BadExample = """
                #!/usr/bin/env bash
                ls /none 1>&/dev/null

                """,
            GoodExample = """
                #!/usr/bin/env bash
                ls /none >/dev/null

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<Redirect>(SyntaxKind.Redirect, Check);

    private static void Check(Redirect redirect, RuleContext context)
    {
        if (redirect is { Operator: RedirectOperator.DuplicateOutput, Descriptor: 1, Target.ConstantText: "/dev/null" })
            context.Report(
                redirect.Span,
                "'1>&/dev/null' throws away stderr as well",
                context.Fix("redirect stdout only", new TextEdit(redirect.Span, ">/dev/null"))
            );
    }
}
