using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR042: a file of a known name in /tmp is written.</summary>
internal sealed class Vmr042PredictableTmp : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR042",
            Name = "predictable-tmp",
            Category = "Files",
            Severity = Severity.Warning,
            Summary = "a file of a known name in /tmp is written",
            Rationale =
                "Another user can put a link there first: root then writes into the file that it points to. Two "
                + "runs at once share the file.",
            Help = "use mktemp",
            BadExample = """
                #!/usr/bin/env bash
                curl -fsSL https://example.org/list 2>/tmp/curl_error.log
                cat /tmp/curl_error.log

                """,
            GoodExample = """
                #!/usr/bin/env bash
                log=$(mktemp)
                curl -fsSL https://example.org/list 2>"$log"
                cat "$log"

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<Redirect>(SyntaxKind.Redirect, Check);

    private static void Check(Redirect redirect, RuleContext context)
    {
        if (
            redirect.Target is { } target
            && redirect.Operator
                is RedirectOperator.Output
                    or RedirectOperator.Append
                    or RedirectOperator.OutputAndError
                    or RedirectOperator.AppendOutputAndError
                    or RedirectOperator.Clobber
            && Evidence.IsPredictable(target)
            && !(redirect.Parent is Command command && context.Script.WritesSecret(command))
        )
            context.Report(target.Span, $"{context.Text(target)} can be there already, as a link to another file");
    }
}
