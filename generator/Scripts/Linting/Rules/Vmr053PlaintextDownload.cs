using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR053: a file is fetched over plain http.</summary>
internal sealed class Vmr053PlaintextDownload : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR053",
            Name = "plaintext-download",
            Category = "Downloads",
            Severity = Severity.Warning,
            Summary = "a file is fetched over plain http",
            Rationale = "Anybody on the way can replace it, and what comes is run or imported as root.",
            Help = "use https, or verify a signature",
            BadExample = """
                #!/usr/bin/env bash
                curl -fsSL -o tool.tar.gz http://example.org/tool.tar.gz
                tar -xf tool.tar.gz

                """,
            GoodExample = """
                #!/usr/bin/env bash
                curl -fsSL -o tool.tar.gz https://example.org/tool.tar.gz
                tar -xf tool.tar.gz

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks)
    {
        hooks.OnCommand(["curl", "wget"], CheckCommand);
        hooks.OnAssignment(CheckAssignment);
    }

    private static void CheckCommand(ScriptCommand command, RuleContext context)
    {
        if (Download.Of(command) is not { } download || !download.WritesFile && !command.IsPipedInto)
            return;
        foreach (var address in download.Addresses)
        {
            if (Evidence.IsPlainHttp(WordText.Prefix(address.Node)))
                context.Report(address.Span, "the file comes over plain http");
        }
    }

    private static void CheckAssignment(VariableAssignment assignment, RuleContext context)
    {
        if (
            assignment.Node?.Value is { } value
            && Evidence.IsPlainHttp(WordText.Prefix(value))
            && context.Script.Downloads.Any(d =>
                (d.WritesFile || d.Command.IsPipedInto)
                && d.Command.Function == assignment.Function
                && d.Addresses.Any(a => a.Variable == assignment.Name)
            )
        )
            context.Report(value.Span, $"the file comes over plain http: {assignment.Name} is downloaded");
    }
}
