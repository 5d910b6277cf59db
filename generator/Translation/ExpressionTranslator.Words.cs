using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash;
using VmRecovery.Policy;

namespace VmRecovery.Translation;

internal sealed partial class ExpressionTranslator
{
    /// <summary>A text, an enum or a number as one word.</summary>
    public Word Value(ExpressionSyntax expression)
    {
        if (EnumMember(expression) is { } member)
            return Word.Of(PolicyModel.Id(member));
        switch (Constant(expression))
        {
            case string text:
                if (!text.Contains('\0', StringComparison.Ordinal))
                    return Word.Of(text);
                return RefusedWord(expression, "bash has no NUL in its texts", Codes.Characters);
            case int number:
                return Word.Of(number.ToString(CultureInfo.InvariantCulture));
            case bool answer:
                return Word.Of(answer ? "1" : "0");
        }
        switch (expression)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Value(inner);
            case InterpolatedStringExpressionSyntax interpolated:
                return Interpolated(interpolated);
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum when IsText(sum):
                return Embedded(sum.Left).Then(Embedded(sum.Right));
            case IdentifierNameSyntax or MemberAccessExpressionSyntax when IsVariable(expression, out var variable):
                return Word.Value(variable);
        }
        if (TypeOf(expression)?.SpecialType == SpecialType.System_Int32)
            return new Word([new Computed(Number(expression).Text)]);
        return RefusedWord(expression, "a text is made of constants, variables, '+' and interpolation");
    }

    private Word Interpolated(InterpolatedStringExpressionSyntax interpolated)
    {
        var word = new Word([]);
        foreach (var part in interpolated.Contents)
            switch (part)
            {
                case InterpolatedStringTextSyntax text:
                    word = word.Then(Word.Of(text.TextToken.ValueText));
                    break;
                case InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole:
                    word = word.Then(Embedded(hole.Expression));
                    break;
                default:
                    return RefusedWord(part, "alignment and format have no bash equivalent");
            }
        return word;
    }

    /// <summary>A part of a longer text: there C# writes an enum and a bool in its own way.</summary>
    private Word Embedded(ExpressionSyntax expression)
    {
        if (TypeOf(expression) is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean })
            return RefusedWord(expression, "inside a text an enum or a bool is written differently in bash; choose the words with a switch");
        return Value(expression);
    }

    /// <summary>The shell variable that an expression names, if it is as plain as that.</summary>
    private bool IsVariable(ExpressionSyntax expression, out string variable)
    {
        variable = "";
        switch (vocabulary.ModelOf(expression).GetSymbolInfo(expression).Symbol)
        {
            case IPropertySymbol property when Vocabulary.VariableOf(property) is { } name:
                CheckReceiver(expression);
                variable = name;
                return true;
            case ILocalSymbol local:
                variable = Vocabulary.Snake(local.Name);
                return true;
            case IParameterSymbol parameter when !vocabulary.IsShared(parameter.Type) && !vocabulary.IsNode(parameter.Type):
                variable = Vocabulary.Snake(parameter.Name);
                return true;
            case IPropertySymbol property when property is not { Name: "Length" }:
                findings.Refuse(expression, Codes.Member, $"'{property.Name}' has no [BashVariable], so bash does not know it");
                return true;
            case IFieldSymbol field:
                findings.Refuse(expression, Codes.Member, $"'{field.Name}' is not a constant, so bash does not know it");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Only what the caller was given can be looked at: there is one of each variable.</summary>
    private void CheckReceiver(ExpressionSyntax expression)
    {
        while (expression is MemberAccessExpressionSyntax { Expression: var receiver })
            expression = receiver;
        if (vocabulary.ModelOf(expression).GetSymbolInfo(expression).Symbol is not (IParameterSymbol or IPropertySymbol))
            findings.Refuse(expression, Codes.Member, "only properties of a parameter can be read: in bash there is one set of variables");
    }

    /// <summary>What a question about a text is asked of.</summary>
    private Word Subject(ExpressionSyntax expression)
    {
        if (!Vocabulary.IsLog(TypeOf(expression)))
            return Value(expression);
        return IsVariable(expression, out var variable) && variable.Length > 0
            ? Word.Value(variable)
            : RefusedWord(expression, "the log is asked as a property of the failure", Codes.Member);
    }

    private bool IsText(ExpressionSyntax expression) => TypeOf(expression)?.SpecialType == SpecialType.System_String;

    /// <summary>A text to look for, as a pattern piece that means itself.</summary>
    private Word Needle(ExpressionSyntax expression)
    {
        var word = Value(expression);
        if (word.Pieces.OfType<PlainText>().Any(p => !p.Value.All(char.IsAscii)))
            findings.Refuse(expression, Codes.Characters, "texts are compared as bytes: only ASCII can be looked for");
        return word;
    }
}
