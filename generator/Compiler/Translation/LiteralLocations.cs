using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace VmRecovery.Compiler.Translation;

/// <summary>Finds the character of a source file that a character of a string constant comes from.</summary>
internal static class LiteralLocations
{
    /// <summary>The span of a part of the constant; the whole expression when it is no plain literal.</summary>
    public static TextSpan Span(ExpressionSyntax expression, int index, int length)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Span(inner, index, length);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression, Left: var left, Right: var right } when Length(left) is { } first:
                return index < first ? Span(left, index, Math.Min(length, first - index)) : Span(right, index - first, length);
            case LiteralExpressionSyntax { Token: { ValueText: var value } token } when index < value.Length:
                var starts = Starts(token.Text);
                if (starts is null || index + length >= starts.Count)
                    return expression.Span;
                return TextSpan.FromBounds(token.SpanStart + starts[index], token.SpanStart + starts[index + length]);
            default:
                return expression.Span;
        }
    }

    private static int? Length(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Length(inner),
        LiteralExpressionSyntax { Token.ValueText: var value } => value.Length,
        BinaryExpressionSyntax { Left: var left, Right: var right } => Length(left) + Length(right),
        _ => null,
    };

    /// <summary>Where each character of the value starts in the literal, and where the last one ends.</summary>
    private static List<int>? Starts(string literal)
    {
        if (literal.StartsWith("\"\"\"", StringComparison.Ordinal))
        {
            var quotes = literal.Length - literal.TrimStart('"').Length;
            return literal.Contains('\n', StringComparison.Ordinal)
                ? null
                : [.. Enumerable.Range(quotes, literal.Length - 2 * quotes + 1)];
        }
        var verbatim = literal.StartsWith('@');
        var starts = new List<int>();
        var position = verbatim ? 2 : 1;
        while (position < literal.Length - 1)
        {
            starts.Add(position);
            position += verbatim ? literal[position] == '"' ? 2 : 1 : EscapeLength(literal, position);
        }
        starts.Add(position);
        return starts;
    }

    private static int EscapeLength(string literal, int position)
    {
        if (literal[position] != '\\')
            return 1;
        switch (literal[position + 1])
        {
            case 'u':
                return 6;
            case 'U':
                return 10;
            case 'x':
                var end = position + 2;
                while (end < position + 6 && char.IsAsciiHexDigit(literal[end]))
                    end++;
                return end - position;
            default:
                return 2;
        }
    }
}
