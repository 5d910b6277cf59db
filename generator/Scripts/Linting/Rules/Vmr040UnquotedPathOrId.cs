using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR040: a path or a VM's number is not quoted.</summary>
internal sealed class Vmr040UnquotedPathOrId : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR040",
            Name = "unquoted-path-or-id",
            Category = "Values",
            Severity = Severity.Note,
            Summary = "a path or a VM's number is not quoted",
            Rationale =
                "An empty or blank value shifts the words behind it: 'rm -rf $dir' removes other things, 'qm set "
                + "$id --name x' sets nothing.",
            Help = "put it in double quotes",
            BadExample = """
                #!/usr/bin/env bash
                dir=$(mktemp -d)
                rm -rf $dir

                """,
            GoodExample = """
                #!/usr/bin/env bash
                dir=$(mktemp -d)
                rm -rf "$dir"

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override int? ShellCheckCode => 2086;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) =>
        hooks.OnCommand(["rm", "rmdir", "pushd", "cd", "qm", "pvesm"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        var settings = context.Script.Settings;
        foreach (var argument in command.Arguments)
        {
            if (
                argument.Node is not Word { Parts: [ParameterExpansion expansion] }
                || expansion.Name is "@" or "*"
                || expansion.IsLength
                || expansion.Subscript is { All: not null }
                || expansion.Operator is ParameterOperator.Alternative or ParameterOperator.AlternativeOrNull
            )
                continue;
            var isNode = command.Operation is not null;
            if (isNode && expansion.Name != settings.VmidVariable && expansion.Name != settings.StorageVariable)
                continue;
            if (command.IsInString)
                continue;
            if (!isNode && command.Program is "qm" or "pvesm" || context.Script.IsOptionList(expansion.Name))
                continue;
            context.Report(
                argument.Span,
                $"{expansion.Name} is not quoted",
                context.Fix("quote it", Quote(argument.Span, context))
            );
        }
    }

    private static TextEdit Quote(TextSpan span, RuleContext context) =>
        new(span, $"\"{context.Script.File.Slice(span)}\"");
}
