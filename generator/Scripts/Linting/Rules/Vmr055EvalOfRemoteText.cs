using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR055: eval runs text that is not the script's own.</summary>
internal sealed class Vmr055EvalOfRemoteText : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR055",
            Name = "eval-of-remote-text",
            Category = "Downloads",
            Severity = Severity.Error,
            Summary = "eval runs text that is not the script's own",
            Rationale =
                "Whatever the text contains is run, as root in a VM script: an answer of a server, a name that a "
                + "user typed.",
            Help = "assign with 'printf -v' or 'declare', or use an array",
            BadExample = """
                #!/usr/bin/env bash
                eval "version=$(curl -fsSL https://example.org/version)"
                echo "$version"
                """,
            GoodExample = """
                #!/usr/bin/env bash
                version=$(curl -fsSL https://example.org/version)
                echo "$version"
                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["eval"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (context.Script.FetchesText(command))
            context.Report(command.Span, "eval runs text from the network");
        else if (command.Arguments is [{ Node: Word word }, ..] && word.AssignsComputedName())
            context.Report(command.Span, "eval assigns to a computed name, and runs what the value contains");
    }
}
