using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

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
                return Plain(expression, text);
            case char letter:
                return Plain(expression, letter.ToString());
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
            return new Word([new Computed(Number(expression))]);
        return RefusedWord(expression, "a text is made of constants, variables, '+' and interpolation");
    }

    private Word Interpolated(InterpolatedStringExpressionSyntax interpolated)
    {
        var word = new Word([]);
        foreach (var part in interpolated.Contents)
            switch (part)
            {
                case InterpolatedStringTextSyntax text:
                    word = word.Then(Plain(text, Written(interpolated, text)));
                    break;
                case InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole:
                    word = word.Then(Embedded(hole.Expression));
                    break;
                default:
                    return RefusedWord(part, "alignment and format have no bash equivalent");
            }
        return word;
    }

    /// <summary>The characters of a part; Roslyn leaves doubled braces doubled.</summary>
    private static string Written(InterpolatedStringExpressionSyntax whole, InterpolatedStringTextSyntax part)
    {
        var raw = whole.StringStartToken.Kind() is SyntaxKind.InterpolatedSingleLineRawStringStartToken or SyntaxKind.InterpolatedMultiLineRawStringStartToken;
        var text = part.TextToken.ValueText;
        return raw ? text : text.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal);
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
                variable = Vocabulary.LocalOf(local);
                return true;
            case IParameterSymbol parameter when !vocabulary.IsShared(parameter.Type) && !vocabulary.IsNode(parameter.Type):
                variable = Vocabulary.LocalOf(parameter);
                return true;
            case IPropertySymbol property when property is not { Name: "Length" }:
                findings.Refuse(expression, TranslationDiagnostics.Member, $"'{property.Name}' has no [BashVariable], so bash does not know it");
                return true;
            case IFieldSymbol field:
                findings.Refuse(expression, TranslationDiagnostics.Member, $"'{field.Name}' is not a constant, so bash does not know it");
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
        if (vocabulary.ModelOf(expression).GetSymbolInfo(expression).Symbol is not (IParameterSymbol or IPropertySymbol { IsStatic: false }))
            findings.Refuse(expression, TranslationDiagnostics.Member, "only properties of a parameter can be read: in bash there is one set of variables");
    }

    /// <summary>What a question about a text is asked of.</summary>
    private Word Subject(ExpressionSyntax expression)
    {
        if (!Vocabulary.IsLog(TypeOf(expression)))
            return Value(expression);
        return IsVariable(expression, out var variable) && variable.Length > 0
            ? Word.Value(variable)
            : RefusedWord(expression, "the log is asked as a property of the failure", TranslationDiagnostics.Member);
    }

    private bool IsText(ExpressionSyntax expression) => TypeOf(expression)?.SpecialType == SpecialType.System_String;

    /// <summary>Characters that mean themselves in both worlds: C# has one for each byte of what it is given.</summary>
    private Word Plain(SyntaxNode node, string text) =>
        text.All(c => c is > '\0' and < '\x80')
            ? Word.Of(text)
            : RefusedWord(node, "texts are bytes: only ASCII without NUL can be written here", TranslationDiagnostics.Characters);
}
