using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR054: downloaded code is sourced without a look at whether it came.</summary>
internal sealed class Vmr054RemoteCodeUnprobed : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR054",
            Name = "remote-code-unprobed",
            Category = "Downloads",
            Severity = Severity.Warning,
            Summary = "downloaded code is sourced without a look at whether it came",
            Rationale =
                "When the download fails, an empty text is sourced, which succeeds. The script goes on without "
                + "its functions, to 'command not found'.",
            Help = "download into a variable, test that it is not empty and defines what is needed, then source it",
            BadExample = """
                #!/usr/bin/env bash
                source <(curl -fsSL https://example.org/functions.sh)
                greet

                """,
            GoodExample = """
                #!/usr/bin/env bash
                functions=$(curl -fsSL https://example.org/functions.sh) || exit 115
                source /dev/stdin <<<"$functions"
                greet

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["source", ".", "bash", "sh"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        var script = context.Script;
        foreach (var argument in command.Arguments)
        {
            if (
                argument.Node is Word { Parts: [ProcessSubstitution { Body: var body }] }
                && script.IsBareDownload(body)
            )
                Report(command, context);
            else if (
                argument.Node is Word { Parts: [DoubleQuoted { Parts: [CommandSubstitution { Body: var code }] }] }
                && script.IsBareDownload(code)
            )
                Report(command, context);
        }
        foreach (var redirect in command.Redirects)
        {
            if (
                redirect is { Operator: RedirectOperator.HereString, Target: { } text }
                && WordText.Flat(text.Parts).ToList() is [CommandSubstitution { Body: var body }]
                && script.IsBareDownload(body)
            )
                Report(command, context);
        }
    }

    private static void Report(ScriptCommand command, RuleContext context) =>
        context.Report(command.Span, "a download that fails leaves nothing to source, and goes unseen");
}
