using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR064: a size with a unit is used as a number.</summary>
internal sealed class Vmr064UnitInArithmetic : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR064",
            Name = "unit-in-arithmetic",
            Category = "Values",
            Severity = Severity.Warning,
            Summary = "a size with a unit is used as a number",
            Rationale = "'$((DISK_SIZE * 2))' with DISK_SIZE=8G is an error in arithmetic, and ends the script.",
            Help = "cut the unit off: ${DISK_SIZE%G}",
            BadExample = """
                #!/usr/bin/env bash
                DISK_SIZE="8G"
                echo $((DISK_SIZE * 2))

                """,
            GoodExample = """
                #!/usr/bin/env bash
                DISK_SIZE="8G"
                echo $((${DISK_SIZE%G} * 2))

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) =>
        hooks.OnNode<ArithmeticVariable>(SyntaxKind.ArithmeticVariable, Check);

    private static void Check(ArithmeticVariable variable, RuleContext context)
    {
        if (variable.Subscript is null && context.Script.HoldsUnit(variable.Name, variable.Span.Start) is { } value)
            context.Report(variable.Span, $"{variable.Name} is '{value}', which is no number");
    }
}
