using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

internal sealed partial class ExpressionTranslator
{
    private const string LowerCase = "_lower";

    private Condition Call(InvocationExpressionSyntax call)
    {
        if (vocabulary.ModelOf(call).GetSymbolInfo(call).Symbol is not IMethodSymbol method)
            return Refused(call, "only a method can be called", TranslationDiagnostics.Call);
        if (Vocabulary.IsLog(method.ContainingType))
            return AskLog(call, method);
        if (method.ContainingType.SpecialType == SpecialType.System_String)
            return AskText(call, method);
        if (method.ReturnType.SpecialType == SpecialType.System_Boolean && Command(call) is { } command)
            return new Succeeds(command);
        return Refused(call, $"'{method.Name}' gives no true or false", TranslationDiagnostics.Call);
    }

    /// <summary>A call as a command of its own; null (and a finding) when it is none.</summary>
    public SimpleCommand? Command(InvocationExpressionSyntax call)
    {
        if (vocabulary.ModelOf(call).GetSymbolInfo(call).Symbol is not IMethodSymbol method)
        {
            findings.Refuse(call, TranslationDiagnostics.Call, "only a method can be called");
            return null;
        }
        if (PolicyAttributes.Text(method, "BashCommand") is { } words)
            return new SimpleCommand([.. words.Split(' ').Select(Word.Of), .. Arguments(call, method)]);
        if (vocabulary.Knows(method) && method.IsStatic)
        {
            Called.Add(method);
            return new SimpleCommand([Word.Of(vocabulary.FunctionOf(method)), .. Arguments(call, method)]);
        }
        findings.Refuse(
            call.Expression,
            TranslationDiagnostics.Call,
            $"'{method.ContainingType.Name}.{method.Name}' has no bash equivalent; callable are static methods of the policy, "
            + "commands marked [BashCommand], questions of LogText, and Contains, StartsWith, EndsWith of string");
        return null;
    }

    private ImmutableArray<Word> Arguments(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var words = ImmutableArray.CreateBuilder<Word>();
        var arguments = call.ArgumentList.Arguments;
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].NameColon is not null || !arguments[i].RefKindKeyword.IsKind(Microsoft.CodeAnalysis.CSharp.SyntaxKind.None))
                findings.Refuse(arguments[i], TranslationDiagnostics.Call, "arguments come in their order, by value");
            var parameter = method.Parameters[Math.Min(i, method.Parameters.Length - 1)];
            var expression = arguments[i].Expression;
            if (vocabulary.IsShared(parameter.Type) || vocabulary.IsNode(parameter.Type))
                CheckReceiver(expression);
            else if (TypeOf(expression) is IArrayTypeSymbol)
                findings.Refuse(expression, TranslationDiagnostics.Call, "words are listed one by one");
            else
                words.Add(Value(expression));
        }
        if (arguments.Count < method.Parameters.Count(p => !p.IsParams))
            findings.Refuse(call, TranslationDiagnostics.Call, "every argument is written out: defaults have no bash equivalent");
        return words.ToImmutable();
    }

    private Condition AskLog(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if (call is not { Expression: MemberAccessExpressionSyntax { Expression: var log }, ArgumentList.Arguments: [{ Expression: var words }] })
            return Refused(call, "a log is asked with Contains, Mentions, Matches and IsEmpty", TranslationDiagnostics.Call);
        var subject = Subject(log);
        switch (method.Name)
        {
            case "Contains":
                return new Like(subject, [Containing(Value(words))]);
            case "Mentions" when Constant(words) is string text:
                _ = Value(words);
                var lower = string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));
                return new Like(LowerCased(subject), [Containing(Word.Of(lower))]);
            case "Mentions":
                return Refused(words, "words to mention are a constant");
            case "Matches":
                return Search(subject, words);
            default:
                return Refused(call, "a log is asked with Contains, Mentions, Matches and IsEmpty", TranslationDiagnostics.Call);
        }
    }

    /// <summary>The variable with the same log in lower case.</summary>
    public static string LowerCased(string log) => log + LowerCase;

    private static Word LowerCased(Word subject) =>
        subject.Pieces is [Variable { Name: var name }] ? Word.Value(LowerCased(name)) : subject;

    private static Word Containing(Word words) => new([new AnyText(), .. words.Pieces, new AnyText()]);

    private Condition AskText(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var arguments = call.ArgumentList.Arguments;
        if (method.Name is not ("Contains" or "StartsWith" or "EndsWith")
            || call.Expression is not MemberAccessExpressionSyntax { Expression: var text } || arguments.Count == 0)
            return Refused(call.Expression, $"'string.{method.Name}' has no bash equivalent; a text is asked with Contains, StartsWith and EndsWith", TranslationDiagnostics.Call);
        var needle = arguments[0].Expression;
        var ordinal = arguments.Count == 2
            ? vocabulary.ModelOf(arguments[1].Expression).GetSymbolInfo(arguments[1].Expression).Symbol?.Name == "Ordinal"
            : method.Parameters[0].Type.SpecialType == SpecialType.System_Char;
        if (!ordinal)
            return Refused(call, $"bash compares bytes: write StringComparison.Ordinal behind the text of '{method.Name}'", TranslationDiagnostics.Comparison);
        var word = Value(needle);
        return new Like(Value(text), [method.Name switch
        {
            "Contains" => Containing(word),
            "StartsWith" => new Word([.. word.Pieces, new AnyText()]),
            _ => new Word([new AnyText(), .. word.Pieces]),
        }]);
    }

    private Condition Search(Word subject, ExpressionSyntax expression)
    {
        if (Constant(expression) is not string pattern)
            return Refused(expression, "a pattern is a constant, so that it can be translated", TranslationDiagnostics.RegexNotConstant);
        try
        {
            return new Search(subject, PosixPattern.Translate(pattern));
        }
        catch (PatternException e)
        {
            findings.Refuse(expression.SyntaxTree, LiteralLocations.Span(expression, e.Index, e.Length), e.Descriptor, e.Message);
            return new Fixed(true);
        }
    }
}
