using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A redirection.</summary>
public sealed class Redirect(
    TextSpan span,
    int? descriptor,
    string? variable,
    RedirectOperator @operator,
    Word? target) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Redirect;

    /// <summary>The file descriptor before the operator, if a number is given.</summary>
    public int? Descriptor { get; } = descriptor;

    /// <summary>The variable of <c>{name}&gt;file</c>, which gets the number of the descriptor.</summary>
    public string? Variable { get; } = variable;

    /// <summary>The operator.</summary>
    public RedirectOperator Operator { get; } = @operator;

    /// <summary>The file, descriptor, delimiter or text; null only where the script has none.</summary>
    public Word? Target { get; } = target;

    /// <summary>The here-document; null for other operators.</summary>
    public HereDocument? HereDocument { get; internal set; }

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Target is not null)
            children.Add(Target);
        if (HereDocument is not null)
            children.Add(HereDocument);
    }
}
