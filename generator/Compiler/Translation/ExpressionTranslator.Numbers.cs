using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmRecovery.Compiler.Translation;

/// <summary>Arithmetic in bash.</summary>
/// <param name="Text">As it stands between <c>((</c> and <c>))</c>.</param>
/// <param name="Rank">How tightly its outermost operator binds; higher is tighter.</param>
/// <param name="Fits">Whether it is within 32 bits, as an int of C# always is: bash counts with 64.</param>
internal sealed record Sum(string Text, int Rank, bool Fits = true)
{
    /// <summary>The same number, wrapped around as C# does it.</summary>
    public Sum Wrapped() => Fits ? this : new Sum($"({Text} + 0x80000000 & 0xFFFFFFFF) - 0x80000000", 1);
}

internal sealed partial class ExpressionTranslator
{
    private const int Atom = 3;
    private const int Product = 2;
    private const int Addition = 1;

    /// <summary>An int as arithmetic.</summary>
    private string Number(ExpressionSyntax expression) => Calculated(expression).Wrapped().Text;

    /// <summary>An int as arithmetic that may still have to be wrapped around.</summary>
    private Sum Calculated(ExpressionSyntax expression)
    {
        if (Constant(expression) is int constant)
            return new Sum(constant.ToString(CultureInfo.InvariantCulture), constant < 0 ? Addition : Atom);
        switch (expression)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Calculated(inner);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return Combined(sum, "+", Addition);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.SubtractExpression } difference:
                return Combined(difference, "-", Addition);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.MultiplyExpression } product:
                return Combined(product, "*", Product);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.DivideExpression } quotient when Constant(quotient.Right) is int and not (0 or -1):
                return Combined(quotient, "/", Product);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.ModuloExpression } rest when Constant(rest.Right) is int and not (0 or -1):
                return Combined(rest, "%", Product);
            case MemberAccessExpressionSyntax { Name.Identifier.Text: "Length", Expression: var text } when IsText(text) && IsVariable(text, out var name):
                return new Sum($"${{#{name}}}", Atom);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when IsVariable(expression, out var variable):
                return new Sum(variable, Atom);
        }
        findings.Refuse(expression, TranslationDiagnostics.Expression, "a number is made of constants, variables, + - *, and / or % by a constant other than 0 and -1");
        return new Sum("0", Atom);
    }

    private Sum Combined(BinaryExpressionSyntax expression, string symbol, int rank)
    {
        // Wrapping once at the end gives the same for + - and *, not for a division.
        var divides = symbol is "/" or "%";
        var (left, right) = (Calculated(expression.Left), Calculated(expression.Right));
        return new Sum($"{Factor(divides ? left.Wrapped() : left, rank)} {symbol} {Factor(right, rank + 1)}", rank, divides);
    }

    private static string Factor(Sum sum, int rank) => sum.Rank < rank ? $"({sum.Text})" : sum.Text;
}
