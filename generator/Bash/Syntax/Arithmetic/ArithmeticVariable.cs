using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A variable without a dollar sign.</summary>
public sealed class ArithmeticVariable(TextSpan span, string name, Subscript? subscript) : ArithmeticExpression(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ArithmeticVariable;

    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>The subscript, if there is one.</summary>
    public Subscript? Subscript { get; } = subscript;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Subscript is not null)
            children.Add(Subscript);
    }
}
