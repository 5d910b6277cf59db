using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR052: a download that breaks off becomes the cached file of the next run.</summary>
internal sealed class Vmr052DownloadIntoCacheName : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR052",
            Name = "download-into-cache-name",
            Category = "Downloads",
            Severity = Severity.Warning,
            Summary = "a download that breaks off becomes the cached file of the next run",
            Rationale = "The next run only asks whether the file is there. A half of an image is.",
            Help = "download to another name, and rename when it is complete",
            BadExample = """
                #!/usr/bin/env bash
                if [[ ! -s $cache ]]; then
                  curl -fsSL -o "$cache" https://example.org/image.qcow2
                fi

                """,
            GoodExample = """
                #!/usr/bin/env bash
                if [[ ! -s $cache ]]; then
                  curl -fsSL -o "$cache.part" https://example.org/image.qcow2
                  mv "$cache.part" "$cache"
                fi

                """,
        };

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnNode<IfCommand>(SyntaxKind.IfCommand, Check);

    private static void Check(IfCommand conditional, RuleContext context)
    {
        var clause = conditional.Clauses[0];
        var tested = context.Script.MissingFileTestedBy(clause.Condition);
        if (tested is null)
            return;
        foreach (var download in context.Script.Downloads)
        {
            if (
                download.Target is { } target
                && clause.Span.Contains(download.Command.Span)
                && clause.Body[0].Span.Start <= download.Command.Span.Start
                && WordText.Same(context.Script, target.Node, tested)
                && !download.Command.IsTested
            )
                context.Report(
                    download.Command.Span,
                    "what a broken download leaves counts as the whole file in the next run"
                );
        }
    }
}
