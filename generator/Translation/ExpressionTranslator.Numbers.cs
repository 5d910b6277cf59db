using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmRecovery.Translation;

/// <summary>Arithmetic in bash.</summary>
/// <param name="Text">As it stands between <c>((</c> and <c>))</c>.</param>
/// <param name="Rank">How tightly its outermost operator binds; higher is tighter.</param>
internal sealed record Sum(string Text, int Rank);

internal sealed partial class ExpressionTranslator
{
    private const int Atom = 3;
    private const int Product = 2;
    private const int Addition = 1;

    /// <summary>An int as arithmetic.</summary>
    private Sum Number(ExpressionSyntax expression)
    {
        if (Constant(expression) is int constant)
            return new Sum(constant.ToString(CultureInfo.InvariantCulture), constant < 0 ? Addition : Atom);
        switch (expression)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Number(inner);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return Combined(sum, "+", Addition);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference:
                return Combined(difference, "-", Addition);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product:
                return Combined(product, "*", Product);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } quotient when Constant(quotient.Right) is int and not 0:
                return Combined(quotient, "/", Product);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.ModuloExpression } rest when Constant(rest.Right) is int and not 0:
                return Combined(rest, "%", Product);
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "Length", Expression: var text } when IsText(text) && IsVariable(text, out var name):
                return new Sum($"${{#{name}}}", Atom);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when IsVariable(expression, out var variable):
                return new Sum(variable, Atom);
        }
        findings.Refuse(expression, Codes.Expression, "a number is made of constants, variables, + - *, and / or % by a constant");
        return new Sum("0", Atom);
    }

    private Sum Combined(BinaryExpressionSyntax expression, string symbol, int rank)
    {
        var (left, right) = (Number(expression.Left), Number(expression.Right));
        return new Sum($"{Factor(left, rank)} {symbol} {Factor(right, rank + 1)}", rank);
    }

    private static string Factor(Sum sum, int rank) => sum.Rank < rank ? $"({sum.Text})" : sum.Text;
}
