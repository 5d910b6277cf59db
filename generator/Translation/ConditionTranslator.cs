using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash;

namespace VmRecovery.Translation;

/// <summary>Translates boolean expressions into bash conditions.</summary>
internal sealed class ConditionTranslator(SemanticModel model, WordTranslator words)
{
    private readonly List<(string Name, string Ere)> patterns = [];

    /// <summary>The regular expressions met so far, each with the local variable that holds it.</summary>
    public IReadOnlyList<(string Name, string Ere)> Patterns => patterns;

    /// <summary>Translates an expression of type bool.</summary>
    /// <exception cref="NotTranslatableException">It has no bash equivalent.</exception>
    public Condition Translate(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Translate(inner.Expression),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } no => Negate(Translate(no.Operand)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both => All(Translate(both.Left), Translate(both.Right)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either => Any(Translate(either.Left), Translate(either.Right)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression } single =>
            new TestCondition($"[[ ${words.Variable(single.Left)} == {words.Constant((ExpressionSyntax)single.Right)} ]]"),
        BinaryExpressionSyntax comparison => Comparison(comparison),
        IsPatternExpressionSyntax pattern => Matches(words.Variable(pattern.Expression), pattern.Pattern),
        LiteralExpressionSyntax literal when literal.Kind() is SyntaxKind.TrueLiteralExpression => new ConstantCondition(true),
        LiteralExpressionSyntax literal when literal.Kind() is SyntaxKind.FalseLiteralExpression => new ConstantCondition(false),
        InvocationExpressionSyntax call => Call(call),
        MemberAccessExpressionSyntax member => Property(member),
        IdentifierNameSyntax name when model.GetSymbolInfo(name).Symbol is IPropertySymbol property => Property(name, property),
        _ => throw new NotTranslatableException(expression, "VMP201", $"a {Describe(expression)} has no bash equivalent here; use && || ! comparisons, patterns and calls of the policy"),
    };

    private Condition Call(InvocationExpressionSyntax call)
    {
        if (model.GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            throw new NotTranslatableException(call, "VMP201", "this call is not bound");
        var receiver = method.ContainingType;
        if (receiver.Name == "LogText")
            return LogQuestion(call, method);
        if (receiver.SpecialType == SpecialType.System_String)
            return StringQuestion(call, method);
        if (receiver.IsCommands())
            return new CallCondition(words.Command(call, method));
        if (method.IsStatic && method.DeclaringSyntaxReferences.Length > 0)
            return new CallCondition([Word.Of(FunctionNames.Of(method)), .. words.Arguments(call, method)]);
        throw new NotTranslatableException(call, "VMP202", $"'{method.ContainingType.Name}.{method.Name}' has no bash equivalent; allowed are the questions of LogText, ordinal string methods, and methods of the policy");
    }

    private TestCondition LogQuestion(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var argument = call.ArgumentList.Arguments[0].Expression;
        if (model.GetConstantValue(argument).Value is not string text)
            throw new NotTranslatableException(argument, "VMP203", "the text to look for must be a constant");
        switch (method.Name)
        {
            case "Contains":
                return new TestCondition($"[[ $log == *{Quoting.Quoted(text)}* ]]");
            case "Mentions":
                var lower = string.Concat(text.Select(c => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c));
                return new TestCondition($"[[ $log_lower == *{Quoting.Quoted(lower)}* ]]");
            case "Matches":
                var name = string.Create(CultureInfo.InvariantCulture, $"re{patterns.Count + 1}");
                patterns.Add((name, Ere(argument, text)));
                return new TestCondition($"[[ $log =~ ${name} ]]");
            default:
                throw new NotTranslatableException(call, "VMP202", $"LogText.{method.Name} has no bash equivalent");
        }
    }

    private static string Ere(ExpressionSyntax argument, string pattern)
    {
        try
        {
            return EreRegex.From(pattern);
        }
        catch (RegexNotPortableException e)
        {
            throw new NotTranslatableException(argument, "VMP210", e.Message, WordTranslator.SpanInLiteral(argument, e.Offset, e.Length));
        }
    }

    private TestCondition StringQuestion(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var arguments = call.ArgumentList.Arguments;
        var ordinal = arguments.Count == 2 && model.GetSymbolInfo(arguments[1].Expression).Symbol is { Name: "Ordinal" };
        if (method.Name is not ("StartsWith" or "EndsWith" or "Contains") || !ordinal)
            throw new NotTranslatableException(call, "VMP204", $"'string.{method.Name}' needs an equivalent in bash: use StartsWith, EndsWith or Contains with StringComparison.Ordinal");
        if (call.Expression is not MemberAccessExpressionSyntax access || model.GetConstantValue(arguments[0].Expression).Value is not string text)
            throw new NotTranslatableException(arguments[0], "VMP203", "the text to look for must be a constant");
        var literal = Quoting.Quoted(text);
        var pattern = method.Name switch { "StartsWith" => $"{literal}*", "EndsWith" => $"*{literal}", _ => $"*{literal}*" };
        return new TestCondition($"[[ ${words.Variable(access.Expression)} == {pattern} ]]");
    }

    private Condition Property(MemberAccessExpressionSyntax member) =>
        model.GetSymbolInfo(member).Symbol is IPropertySymbol property
            ? Property(member, property)
            : throw new NotTranslatableException(member, "VMP201", $"'{member}' has no bash equivalent here");

    private Condition Property(ExpressionSyntax place, IPropertySymbol property)
    {
        if (property is { Name: "IsEmpty", ContainingType.Name: "LogText" })
            return new TestCondition("[[ -z $log ]]");
        if (property.BashVariable() is { } variable)
            return new TestCondition($"(({variable}))");
        if (WordTranslator.ExpressionOf(property) is { } body)
            return words.In(body, inner => new ConditionTranslator(inner.Model, inner).Translate(body));
        throw new NotTranslatableException(place, "VMP205", $"property '{property.Name}' has neither [BashVariable] nor an expression body");
    }

    private TestCondition Comparison(BinaryExpressionSyntax comparison)
    {
        var text = comparison.OperatorToken.Text;
        if (text is "==" or "!=" && model.GetTypeInfo(comparison.Left).Type is { SpecialType: SpecialType.System_String })
            return new TestCondition($"[[ ${words.Variable(comparison.Left)} {text} {words.ConstantOrVariable(comparison.Right)} ]]");
        if (text is "<" or "<=" or ">" or ">=" or "==" or "!=" && model.GetTypeInfo(comparison.Left).Type is { SpecialType: SpecialType.System_Int32 })
            return new TestCondition($"(({words.Arithmetic(comparison.Left)} {text} {words.Arithmetic(comparison.Right)}))");
        throw new NotTranslatableException(comparison, "VMP201", $"'{text}' has no bash equivalent for these types; compare ints, or strings with == and !=");
    }

    private Condition Matches(string variable, PatternSyntax pattern) => pattern switch
    {
        ParenthesizedPatternSyntax inner => Matches(variable, inner.Pattern),
        UnaryPatternSyntax no => Negate(Matches(variable, no.Pattern)),
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.AndPattern } both => All(Matches(variable, both.Left), Matches(variable, both.Right)),
        BinaryPatternSyntax either when Constants(either) is { } values => new TestCondition($"[[ ${variable} == @({string.Join('|', values)}) ]]"),
        BinaryPatternSyntax either => Any(Matches(variable, either.Left), Matches(variable, either.Right)),
        ConstantPatternSyntax constant => new TestCondition($"[[ ${variable} == {words.Constant(constant.Expression)} ]]"),
        RelationalPatternSyntax relation => new TestCondition($"(({variable} {relation.OperatorToken.Text} {words.Arithmetic(relation.Expression)}))"),
        _ => throw new NotTranslatableException(pattern, "VMP206", "this pattern has no bash equivalent; use constants, relations, and, or, not"),
    };

    private List<string>? Constants(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax constant => [words.Constant(constant.Expression)],
        BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either
            when Constants(either.Left) is { } left && Constants(either.Right) is { } right => [.. left, .. right],
        _ => null,
    };

    private static Condition Negate(Condition condition) => condition switch
    {
        NotCondition no => no.Operand,
        ConstantCondition constant => new ConstantCondition(!constant.Value),
        TestCondition test when test.Source.StartsWith("[[ $", StringComparison.Ordinal) && test.Source.Contains(" == ", StringComparison.Ordinal) =>
            new TestCondition(Unequal(test.Source)),
        _ => new NotCondition(condition),
    };

    /// <summary>The operator stands before any quoted text.</summary>
    private static string Unequal(string test)
    {
        var at = test.IndexOf(" == ", StringComparison.Ordinal);
        return $"{test[..at]} != {test[(at + 4)..]}";
    }

    private static AllCondition All(Condition left, Condition right) =>
        new([.. left is AllCondition all ? all.Operands : [left], .. right is AllCondition more ? more.Operands : [right]]);

    private static AnyCondition Any(Condition left, Condition right) =>
        new([.. left is AnyCondition any ? any.Operands : [left], .. right is AnyCondition more ? more.Operands : [right]]);

    private static string Describe(ExpressionSyntax expression) => PolicyVocabulary.SnakeCase(expression.Kind().ToString()).Replace('_', ' ');
}
