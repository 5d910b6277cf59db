using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using VmRecovery.Bash;

namespace VmRecovery.Translation;

/// <summary>Translates expressions that are values: words of commands, sides of tests, terms of arithmetic.</summary>
internal sealed class WordTranslator(SemanticModel model)
{
    /// <summary>The semantic model the expressions belong to.</summary>
    public SemanticModel Model => model;

    /// <summary>Runs a translation in the file that another declaration stands in.</summary>
    public T In<T>(SyntaxNode place, Func<WordTranslator, T> translate) =>
        translate(place.SyntaxTree == model.SyntaxTree ? this : new WordTranslator(model.Compilation.GetSemanticModel(place.SyntaxTree)));

    /// <summary>The expression that a get-only property stands for; null for other properties.</summary>
    public static ExpressionSyntax? ExpressionOf(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody.Expression: { } body } ? body : null;

    /// <summary>The shell variable that holds an expression's value.</summary>
    public string Variable(ExpressionSyntax expression) => model.GetSymbolInfo(expression).Symbol switch
    {
        IPropertySymbol property when property.BashVariable() is { } name => name,
        IParameterSymbol parameter => PolicyVocabulary.SnakeCase(parameter.Name),
        ILocalSymbol local => PolicyVocabulary.SnakeCase(local.Name),
        _ => throw new NotTranslatableException(expression, "VMP207", $"'{expression}' lives in no shell variable; use a parameter, a local or a property with [BashVariable]"),
    };

    /// <summary>A constant as the right side of a test: enum members are their id.</summary>
    public string Constant(ExpressionSyntax expression)
    {
        if (model.GetSymbolInfo(expression).Symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } member)
            return Quoting.Quote(member.Id() ?? throw new NotTranslatableException(expression, "VMP208", $"'{member.Name}' has no [Id]"));
        return model.GetConstantValue(expression) switch
        {
            { Value: string text } => Quoting.Quote(text),
            { Value: int number } => number.ToString(CultureInfo.InvariantCulture),
            _ => throw new NotTranslatableException(expression, "VMP203", "expected a constant text, number or enum member"),
        };
    }

    /// <summary>A constant, or a variable in quotes.</summary>
    public string ConstantOrVariable(ExpressionSyntax expression) =>
        model.GetConstantValue(expression).HasValue ? Constant(expression) : $"\"${Variable(expression)}\"";

    /// <summary>A term inside <c>((…))</c>.</summary>
    public string Arithmetic(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => $"({Arithmetic(inner.Expression)})",
        BinaryExpressionSyntax { OperatorToken.Text: "+" or "-" or "*" or "/" or "%" } term =>
            $"{Arithmetic(term.Left)} {term.OperatorToken.Text} {Arithmetic(term.Right)}",
        _ when model.GetConstantValue(expression) is { Value: int number } => number.ToString(CultureInfo.InvariantCulture),
        _ => Variable(expression),
    };

    /// <summary>A word of a command.</summary>
    public Word Translate(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Translate(inner.Expression),
        InterpolatedStringExpressionSyntax text => new JoinedWord([.. text.Contents.Select(Part)]),
        _ when model.GetConstantValue(expression) is { HasValue: true, Value: string text } => Word.Of(text),
        _ when model.GetConstantValue(expression) is { HasValue: true, Value: int number } => Word.Of(number.ToString(CultureInfo.InvariantCulture)),
        _ => Word.Variable(Variable(expression)),
    };

    /// <summary>The words of a call on an interface of commands.</summary>
    public ImmutableArray<Word> Command(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var command = method.AttributeText("BashCommand")
            ?? throw new NotTranslatableException(call, "VMP209", $"'{method.Name}' has no [BashCommand]");
        return [.. command.Split(' ').Select(Word.Of), .. Arguments(call, method)];
    }

    /// <summary>The arguments of a call that bash passes as words: not those that live in shell variables anyway.</summary>
    public ImmutableArray<Word> Arguments(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var all = new List<Word>();
        for (var i = 0; i < call.ArgumentList.Arguments.Count; i++)
        {
            var type = method.Parameters[Math.Min(i, method.Parameters.Length - 1)].Type;
            if (!type.IsScope() && !type.IsCommands())
                all.Add(Translate(call.ArgumentList.Arguments[i].Expression));
        }
        return [.. all];
    }

    /// <summary>The span of some characters of a string literal's value, as far as its spelling shows them.</summary>
    public static TextSpan SpanInLiteral(ExpressionSyntax literal, int offset, int length)
    {
        var text = literal.ToString();
        var opening = text.IndexOf('"', StringComparison.Ordinal) + 1;
        var verbatim = text.StartsWith('@');
        var position = opening;
        for (var i = 0; i < offset && position < text.Length - 1; i++)
            position += !verbatim && text[position] == '\\' || verbatim && text[position] == '"' ? 2 : 1;
        return new TextSpan(literal.SpanStart + position, Math.Min(length, Math.Max(1, text.Length - 1 - position)));
    }

    private Word Part(InterpolatedStringContentSyntax content) => content switch
    {
        InterpolatedStringTextSyntax text => Word.Of(text.TextToken.ValueText),
        InterpolationSyntax { FormatClause: null, AlignmentClause: null } hole => Translate(hole.Expression) is VariableWord word
            ? word
            : throw new NotTranslatableException(hole, "VMP207", "only variables can stand in an interpolated text"),
        _ => throw new NotTranslatableException(content, "VMP207", "formats have no bash equivalent"),
    };
}
