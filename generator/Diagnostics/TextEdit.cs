using VmRecovery.Bash.Text;

namespace VmRecovery.Diagnostics;

/// <summary>The replacement of some bytes of a file.</summary>
/// <param name="Span">The bytes to replace; empty to insert.</param>
/// <param name="NewText">The text in their place; empty to delete.</param>
public sealed record TextEdit(TextSpan Span, string NewText);
