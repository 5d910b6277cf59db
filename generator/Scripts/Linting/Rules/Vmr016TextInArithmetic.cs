using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR016: text from outside is evaluated as an arithmetic expression.</summary>
internal sealed class Vmr016TextInArithmetic : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR016",
            Name = "text-in-arithmetic",
            Category = "Values",
            Severity = Severity.Error,
            Summary = "text from outside is evaluated as an arithmetic expression",
            Rationale =
                "Arithmetic evaluates array subscripts, and with them command substitutions: 'a[$(reboot)]' in a "
                + "file of a guest is run on the host. Other text silently counts as 0.",
            Help = "test with '=~ ^[0-9]+$' first",
            BadExample = """
                #!/usr/bin/env bash
                code=$(pct exec 100 -- cat /root/code)
                if [[ $code -ne 0 ]]; then
                  exit 1
                fi
                """,
            GoodExample = """
                #!/usr/bin/env bash
                code=$(pct exec 100 -- cat /root/code)
                [[ $code =~ ^[0-9]+$ ]] || exit 1
                if [[ $code -ne 0 ]]; then
                  exit 1
                fi
                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks)
    {
        hooks.OnNode<BinaryTest>(SyntaxKind.BinaryTest, CheckTest);
        hooks.OnNode<ArithmeticVariable>(SyntaxKind.ArithmeticVariable, CheckVariable);
    }

    private static void CheckTest(BinaryTest test, RuleContext context)
    {
        if (test.Operator is not ("-eq" or "-ne" or "-lt" or "-le" or "-gt" or "-ge"))
            return;
        foreach (var side in new[] { test.Left, test.Right })
        {
            if (
                CommandArgument.SingleExpansionOf(side) is
                { Operator: ParameterOperator.None, IsLength: false } expansion
            )
                Check(expansion.Name, side.Span, context);
        }
    }

    private static void CheckVariable(ArithmeticVariable variable, RuleContext context) =>
        Check(variable.Name, variable.Span, context);

    private static void Check(string name, TextSpan span, RuleContext context)
    {
        if (context.Script.IsUncheckedForeignText(name, span.Start))
            context.Report(span, $"{name} holds text from outside, and arithmetic runs what is in it");
    }
}
