using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// An expansion of a parameter: <c>$name</c> or <c>${…}</c> (bash manual, Shell Parameter Expansion).
/// </summary>
public sealed class ParameterExpansion(
    TextSpan span,
    string name,
    TextSpan nameSpan,
    bool isBraced,
    bool isIndirect,
    bool isLength,
    Subscript? subscript,
    ParameterOperator @operator,
    Word? argument,
    Word? replacement,
    ArithmeticExpression? offset,
    ArithmeticExpression? substringLength) : WordPart(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.ParameterExpansion;

    /// <summary>The parameter: a name, a number or a special character; empty when the script has none.</summary>
    public string Name { get; } = name;

    /// <summary>The bytes of the name.</summary>
    public TextSpan NameSpan { get; } = nameSpan;

    /// <summary>Whether the form is <c>${…}</c>.</summary>
    public bool IsBraced { get; } = isBraced;

    /// <summary>Whether <c>!</c> stands before the name: indirection, or the indices of <c>${!name[@]}</c>.</summary>
    public bool IsIndirect { get; } = isIndirect;

    /// <summary>Whether <c>#</c> stands before the name: the length of the value.</summary>
    public bool IsLength { get; } = isLength;

    /// <summary>The subscript, if there is one.</summary>
    public Subscript? Subscript { get; } = subscript;

    /// <summary>The operator.</summary>
    public ParameterOperator Operator { get; } = @operator;

    /// <summary>
    /// The word after the operator; the pattern of a replacement; null without operator or for <c>Substring</c>.
    /// </summary>
    public Word? Argument { get; } = argument;

    /// <summary>The word after the second slash of a replacement.</summary>
    public Word? Replacement { get; } = replacement;

    /// <summary>The offset of a substring.</summary>
    public ArithmeticExpression? Offset { get; } = offset;

    /// <summary>The length of a substring.</summary>
    public ArithmeticExpression? SubstringLength { get; } = substringLength;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Subscript is not null)
            children.Add(Subscript);
        if (Argument is not null)
            children.Add(Argument);
        if (Replacement is not null)
            children.Add(Replacement);
        if (Offset is not null)
            children.Add(Offset);
        if (SubstringLength is not null)
            children.Add(SubstringLength);
    }
}
