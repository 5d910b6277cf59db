using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR020: the error text of a changing command is thrown away.</summary>
internal sealed class Vmr020StderrDiscarded : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR020",
            Name = "stderr-discarded",
            Category = "Output",
            Severity = Severity.Warning,
            Summary = "the error text of a changing command is thrown away",
            Rationale =
                "When it fails, there is nothing to show, to log or to classify: 'exit code 255' is all that "
                + "anybody learns.",
            Help = "leave stderr alone, or lead it into the log",
            BadExample = """
                #!/usr/bin/env bash
                qm start "$VMID" >/dev/null 2>&1

                """,
            GoodExample = """
                #!/usr/bin/env bash
                qm start "$VMID" >/dev/null

                """,
        };

    /// <inheritdoc/>
    public override RuleScope Scope => RuleScope.Vm;

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override bool IsAnsweredByRecovery => true;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (command.Streams.Error != OutputTarget.Null || !Evidence.ChangesState(command) || command.IsInString)
            return;
        var redirects = command.Redirects;
        // '1>&/dev/null' is a typing error of its own: VMR021.
        if (redirects.Any(r => r is { Operator: RedirectOperator.DuplicateOutput, Descriptor: 1 }))
            return;
        context.Report(
            command.Span,
            $"the error text of '{command.Program}' is thrown away",
            FixOf(redirects, context)
        );
    }

    private static Fix? FixOf(System.Collections.Immutable.ImmutableArray<Redirect> redirects, RuleContext context)
    {
        var edits = new List<TextEdit>();
        foreach (var redirect in redirects)
        {
            var toNull = redirect.Target?.ConstantText == "/dev/null";
            if (toNull && redirect.Operator is RedirectOperator.OutputAndError or RedirectOperator.DuplicateOutput)
                edits.Add(new TextEdit(redirect.Span, ">/dev/null"));
            else if (redirect.Descriptor == 2 && (toNull || redirect.Operator == RedirectOperator.DuplicateOutput))
                edits.Add(new TextEdit(context.WithBlanksBefore(redirect.Span), ""));
        }
        return edits.Count == 0 ? null : context.Fix("keep the error text", [.. edits]);
    }
}
