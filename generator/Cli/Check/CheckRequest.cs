using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Check;

/// <summary>An invocation of <c>check</c>.</summary>
internal sealed record CheckRequest
{
    /// <summary>Scripts and folders; <c>-</c> for standard input.</summary>
    public required ImmutableArray<string> Paths { get; init; }

    /// <summary>Name of the output format, one of <see cref="Output.Findings.FindingsPrinters.Names"/>.</summary>
    public string Format { get; init; } = "text";

    /// <summary>Whether safe fixes are applied.</summary>
    public bool Fix { get; init; }

    /// <summary>Whether fixes that may change behaviour are applied, too.</summary>
    public bool UnsafeFixes { get; init; }

    /// <summary>Whether fixes are shown as a diff instead of being written.</summary>
    public bool Diff { get; init; }

    /// <summary>Whether ShellCheck runs.</summary>
    public bool ShellCheck { get; init; } = true;

    /// <summary>The least severe findings to report.</summary>
    public Severity MinSeverity { get; init; } = Severity.Note;

    /// <summary>Whether the exit code is 0 in spite of findings.</summary>
    public bool ExitZero { get; init; }

    /// <summary>Whether findings are counted by rule instead of being listed.</summary>
    public bool Statistics { get; init; }

    /// <summary>Whether the findings become the baseline.</summary>
    public bool AddBaseline { get; init; }

    /// <summary>The name under which standard input is reported.</summary>
    public string StandardInputName { get; init; } = "<stdin>";
}
