using System.Collections.Immutable;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>The output formats by name.</summary>
internal static class FindingsPrinters
{
    /// <summary>The names that <c>--format</c> takes.</summary>
    public static readonly ImmutableArray<string> Names = ["text", "gcc", "json", "sarif", "github", "checkstyle"];

    /// <summary>Returns the printer of a format.</summary>
    public static IFindingsPrinter Of(string name) =>
        name switch
        {
            "text" => new TextFindingsPrinter(),
            "gcc" => new GccFindingsPrinter(),
            "json" => new JsonFindingsPrinter(),
            "sarif" => new SarifFindingsPrinter(),
            "github" => new GitHubFindingsPrinter(),
            "checkstyle" => new CheckstyleFindingsPrinter(),
            "statistics" => new StatisticsPrinter(),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such format"),
        };
}
