using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting.Rules;

/// <summary>VMR051: curl saves an error page as if it were the file.</summary>
internal sealed class Vmr051DownloadNotResilient : LintRule
{
    /// <inheritdoc/>
    public override DiagnosticDescriptor Descriptor { get; } =
        new()
        {
            Id = "VMR051",
            Name = "download-not-resilient",
            Category = "Downloads",
            Severity = Severity.Note,
            Summary = "curl saves an error page as if it were the file",
            Rationale = "Without --fail, 'not found' is a success: the page of the server's error lands in the file.",
            Help = "add --fail",
            BadExample = """
                #!/usr/bin/env bash
                curl -sSL -o image.iso https://example.org/image.iso

                """,
            GoodExample = """
                #!/usr/bin/env bash
                curl -f -sSL -o image.iso https://example.org/image.iso

                """,
        };

    /// <inheritdoc/>
    public override FixSafety? FixSafety => Diagnostics.FixSafety.Safe;

    /// <inheritdoc/>
    public override void Register(RuleHooks hooks) => hooks.OnCommand(["curl"], Check);

    private static void Check(ScriptCommand command, RuleContext context)
    {
        if (
            Download.Of(command) is not { WritesFile: true, FailsOnHttpError: false }
            || command.ProgramWord is not { } word
            || command.Arguments.Any(a =>
                a.Text is "-w" or "--write-out"
                || a.Node
                    is Word { Parts: [ParameterExpansion, ..] }
                        or Word
                        {
                            Parts: [
                                DoubleQuoted
                                {
                                    Parts: [
                                        ParameterExpansion { Subscript: not null }
                                        or ParameterExpansion { Name: "@" },
                                    ]
                                },
                            ]
                        }
            )
        )
            return;
        context.Report(
            command.Span,
            "an error page of the server is saved as the file: --fail is missing",
            command.IsInString
                ? null
                : context.Fix("add -f", new TextEdit(new TextSpan(word.Span.End, word.Span.End), " -f"))
        );
    }
}
