using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>An assignment to a variable or to an element of an array.</summary>
public sealed class Assignment(
    TextSpan span,
    string name,
    TextSpan nameSpan,
    Subscript? subscript,
    bool isAppend,
    Word? value,
    ArrayLiteral? array) : Argument(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Assignment;

    /// <summary>The variable.</summary>
    public string Name { get; } = name;

    /// <summary>The bytes of the name.</summary>
    public TextSpan NameSpan { get; } = nameSpan;

    /// <summary>The subscript, if an element is assigned.</summary>
    public Subscript? Subscript { get; } = subscript;

    /// <summary>Whether the operator is <c>+=</c>.</summary>
    public bool IsAppend { get; } = isAppend;

    /// <summary>The value; null when it is empty or an array.</summary>
    public Word? Value { get; } = value;

    /// <summary>The elements of a compound assignment <c>name=(…)</c>.</summary>
    public ArrayLiteral? Array { get; } = array;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Subscript is not null)
            children.Add(Subscript);
        if (Value is not null)
            children.Add(Value);
        if (Array is not null)
            children.Add(Array);
    }
}
