using System.CommandLine;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Cli.Output.Findings;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Check;

/// <summary>The command line of <c>check</c>.</summary>
internal static class CheckCommandLine
{
    /// <summary>Builds the sub-command.</summary>
    /// <param name="standardInput">Opens standard input.</param>
    /// <param name="output">Findings.</param>
    /// <param name="error">The summary, and what went wrong.</param>
    public static Command Build(Func<Stream> standardInput, TextWriter output, TextWriter error)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Scripts, or folders to search; - for standard input",
            Arity = ArgumentArity.OneOrMore,
        }.WithoutUnknownOptions();
        var format = new Option<string>("--format")
        {
            Description = string.Join(", ", FindingsPrinters.Names),
            DefaultValueFactory = _ => "text",
        };
        var fix = new Option<bool>("--fix") { Description = "Apply the fixes that change nothing but the fault" };
        var unsafeFixes = new Option<bool>("--unsafe-fixes")
        {
            Description = "Apply the fixes that may change behaviour, too",
        };
        var diff = new Option<bool>("--diff") { Description = "Show the fixes as a diff, write nothing" };
        var noShellCheck = new Option<bool>("--no-shellcheck") { Description = "Run our own rules alone" };
        var severity = new Option<string>("--min-severity")
        {
            Description = "error, warning or note",
            DefaultValueFactory = _ => "note",
        };
        var exitZero = new Option<bool>("--exit-zero") { Description = "Exit with 0 in spite of findings" };
        var statistics = new Option<bool>("--statistics") { Description = "Count the findings by rule" };
        var baseline = new Option<bool>("--add-baseline")
        {
            Description = "Make the findings the baseline: they are not reported again",
        };
        var name = new Option<string?>("--stdin-filename")
        {
            Description = "Name to report for standard input",
            HelpName = "NAME",
        };
        var check = new Command("check", "Lints scripts and generated files.")
        {
            paths,
            format,
            fix,
            unsafeFixes,
            diff,
            noShellCheck,
            severity,
            exitZero,
            statistics,
            baseline,
            name,
        };
        check.SetAction(
            (parsed, cancellation) =>
            {
                var request = new CheckRequest
                {
                    Paths = [.. parsed.GetValue(paths)!],
                    Format = parsed.GetValue(format)!,
                    Fix = parsed.GetValue(fix) || parsed.GetValue(unsafeFixes),
                    UnsafeFixes = parsed.GetValue(unsafeFixes),
                    Diff = parsed.GetValue(diff),
                    ShellCheck = !parsed.GetValue(noShellCheck),
                    MinSeverity = SeverityOf(parsed.GetValue(severity)!),
                    ExitZero = parsed.GetValue(exitZero),
                    Statistics = parsed.GetValue(statistics),
                    AddBaseline = parsed.GetValue(baseline),
                    StandardInputName = parsed.GetValue(name) ?? "<stdin>",
                };
                if (!FindingsPrinters.Names.Contains(request.Format))
                    throw ToolException.Input(
                        $"check: unknown format '{request.Format}'; there are {string.Join(", ", FindingsPrinters.Names)}"
                    );
                return new CheckCommand(standardInput, output, error).RunAsync(request, cancellation);
            }
        );
        return check;
    }

    private static Severity SeverityOf(string name) =>
        name switch
        {
            "error" => Severity.Error,
            "warning" => Severity.Warning,
            "note" or "info" or "style" => Severity.Note,
            _ => throw ToolException.Input($"check: unknown severity '{name}'; there are error, warning, note"),
        };
}
