using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A comment.</summary>
/// <param name="Span">The bytes from <c>#</c> to the end of the line, without the line feed.</param>
/// <param name="Text">The text after <c>#</c>.</param>
public sealed record Comment(TextSpan Span, string Text);
