using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler.Findings;

/// <summary>A place in a text: 1-based line and column, and how many characters from there.</summary>
/// <param name="File">Path as the user gave it, or relative to the project.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Column">From 1; 0 when the whole line is meant.</param>
/// <param name="Length">Characters under the caret and tildes; at least 1.</param>
/// <param name="SourceLine">The text of that line, for the excerpt; null when there is none to show.</param>
internal sealed record Place(string File, int Line = 0, int Column = 0, int Length = 1, string? SourceLine = null);

/// <summary>One finding: where, how bad, which rule, and what to do. Printers turn it into text.</summary>
/// <param name="Place">Where.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">Rule code, such as <c>VMP004</c>.</param>
/// <param name="Message">Lower case, no final stop; quotes what offends and says what was expected.</param>
/// <param name="Help">What to do; null when the message says it.</param>
internal sealed record Diagnostic(Place Place, Severity Severity, string Code, string Message, string? Help = null);
