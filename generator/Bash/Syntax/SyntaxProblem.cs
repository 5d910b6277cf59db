using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A place where a script breaks the grammar of bash.</summary>
/// <param name="Span">The offending bytes; for a missing closer, its opener.</param>
/// <param name="Message">The fault, lower case, without a final stop.</param>
/// <param name="Hint">The way to repair it; null when the message says it all.</param>
public sealed record SyntaxProblem(TextSpan Span, string Message, string? Hint = null);
