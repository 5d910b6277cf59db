using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Policy;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;

namespace VmRecovery.Translation;

/// <summary>C# without a bash equivalent.</summary>
internal sealed class NotTranslatableException(SyntaxNode node, string code, string message, TextSpan? span = null) : Exception(message)
{
    /// <summary>The diagnostic to show.</summary>
    public Diagnostic ToDiagnostic() => new(
        PolicyCompilation.PlaceOf(Location.Create(node.SyntaxTree, span ?? node.Span)), Severity.Error, code, Message);
}
