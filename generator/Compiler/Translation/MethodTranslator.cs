using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;

namespace VmRecovery.Compiler.Translation;

/// <summary>Translates one method. True is status 0, false status 1; a text or number comes back in <c>REPLY</c>.</summary>
internal sealed partial class MethodTranslator
{
    private const string ResultVariable = "REPLY";

    private readonly Vocabulary vocabulary;
    private readonly Findings findings;
    private readonly IMethodSymbol method;
    private readonly ExpressionTranslator expressions;
    private readonly Lowering lowering;
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    private MethodTranslator(Vocabulary vocabulary, Findings findings, IMethodSymbol method)
    {
        (this.vocabulary, this.findings, this.method) = (vocabulary, findings, method);
        expressions = new ExpressionTranslator(vocabulary, findings);
        lowering = new Lowering(pure: !method.Parameters.Any(p => vocabulary.IsNode(p.Type)));
    }

    /// <summary>The function, and the methods of the policy that it calls.</summary>
    public static (FunctionDefinition Function, ImmutableArray<IMethodSymbol> Calls) Translate(
        Vocabulary vocabulary, Findings findings, IMethodSymbol method)
    {
        var translator = new MethodTranslator(vocabulary, findings, method);
        var body = translator.Body();
        var calls = translator.expressions.Called
            .OrderBy(m => m.Locations[0].SourceTree?.FilePath, StringComparer.Ordinal)
            .ThenBy(m => m.Locations[0].SourceSpan.Start);
        return (new FunctionDefinition(vocabulary.FunctionOf(method), DocComment.Of(method), body), [.. calls]);
    }

    private ImmutableArray<Statement> Body()
    {
        var parameters = Parameters();
        var body = method.DeclaringSyntaxReferences[0].GetSyntax() switch
        {
            MethodDeclarationSyntax { ExpressionBody.Expression: var expression } => Result(expression, last: true),
            MethodDeclarationSyntax { Body: { } block } => Statements(block.Statements, last: true),
            _ => [],
        };
        if (body.IsEmpty)
            body = [new Return(0)];
        ImmutableArray<Binding> locals = [.. parameters, .. lowering.Variables.Select(v => new Binding(v))];
        return locals.IsEmpty ? body : [new Local(locals), .. body];
    }

    private List<Binding> Parameters()
    {
        var bindings = new List<Binding>();
        foreach (var parameter in method.Parameters)
        {
            var isValue = parameter.Type is { SpecialType: SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Boolean }
                or { TypeKind: TypeKind.Enum };
            if (parameter.RefKind != RefKind.None)
                findings.Refuse(parameter, TranslationDiagnostics.Signature, "bash passes by value only");
            else if (!isValue && !vocabulary.IsShared(parameter.Type) && !vocabulary.IsNode(parameter.Type))
                findings.Refuse(parameter, TranslationDiagnostics.Signature, $"a parameter of type '{parameter.Type.ToDisplayString()}' has no bash equivalent; allowed are string, int, bool, enums, records of the policy and interfaces of commands");
            else if (isValue)
                bindings.Add(new Binding(LocalName(parameter), Word.Value(FormattableString.Invariant($"{bindings.Count + 1}"))));
        }
        foreach (var twice in method.Parameters.Where(p => vocabulary.IsShared(p.Type)).GroupBy(p => p.Type, SymbolEqualityComparer.Default).Where(g => g.Count() > 1))
            findings.Refuse(twice.Last(), TranslationDiagnostics.Signature, "a second one of the same record: in bash there is one set of variables");
        if (method.IsGenericMethod || method.IsAsync || !method.IsStatic)
            findings.Refuse(method, TranslationDiagnostics.Signature, "a method of the policy is static, not generic and not async");
        if (!method.ReturnsVoid && Kind(method.ReturnType) is null)
            findings.Refuse(method, TranslationDiagnostics.Signature, $"a result of type '{method.ReturnType.ToDisplayString()}' has no bash equivalent; allowed are bool, string, int and enums");
        return bindings;
    }

    private static bool? Kind(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Boolean } => true,
        { SpecialType: SpecialType.System_String or SpecialType.System_Int32 } or { TypeKind: TypeKind.Enum } => false,
        _ => null,
    };

    private string LocalName(ISymbol symbol)
    {
        var name = Vocabulary.LocalOf(symbol);
        if (!Vocabulary.IsName(name) || name is "__")
            findings.Refuse(symbol, TranslationDiagnostics.Name, $"bash has no variable called '{name}'; choose another name");
        else if (vocabulary.SharedVariables.Contains(name) || Lowering.Takes(name))
            findings.Refuse(symbol, TranslationDiagnostics.Name, $"'{symbol.Name}' would hide the shell variable '{name}'; choose another name");
        else if (names.TryGetValue(name, out var other) && other != symbol.Name)
            findings.Refuse(symbol, TranslationDiagnostics.Name, $"'{symbol.Name}' and '{other}' are both '{name}' in bash; choose another name");
        names[name] = symbol.Name;
        return name;
    }

    private ImmutableArray<Statement> Statements(SyntaxList<StatementSyntax> statements, bool last) =>
        [.. statements.SelectMany((s, i) => Translate(s, last && i == statements.Count - 1))];

    /// <param name="statement">What to translate.</param>
    /// <param name="last">Whether its status is that of the function, because nothing comes behind it.</param>
    private ImmutableArray<Statement> Translate(StatementSyntax statement, bool last)
    {
        switch (statement)
        {
            case BlockSyntax block:
                return Statements(block.Statements, last);
            case IfStatementSyntax choice:
                return Choice(choice, last);
            case ReturnStatementSyntax { Expression: null }:
                return [new Return(0)];
            case ReturnStatementSyntax { Expression: { } expression }:
                return Result(expression, last);
            case LocalDeclarationStatementSyntax { IsConst: true }:
                return [];
            case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value } variable] } local:
                var symbol = vocabulary.ModelOf(local).GetDeclaredSymbol(variable)!;
                return Declaration(LocalName(symbol), value);
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }:
                return expressions.Command(call) is { } command ? [new IgnoreStatus(command)] : [];
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { OperatorToken.Text: "=", Left: IdentifierNameSyntax target } assignment }
                when vocabulary.ModelOf(target).GetSymbolInfo(target).Symbol is ILocalSymbol known:
                return Store(Vocabulary.LocalOf(known), assignment.Right);
            default:
                findings.Refuse(statement, TranslationDiagnostics.Statement, "this statement has no bash equivalent; allowed are if, return, calls, and local variables with a value");
                return [];
        }
    }

    private ImmutableArray<Statement> Choice(IfStatementSyntax choice, bool last)
    {
        var before = ImmutableArray.CreateBuilder<Statement>();
        var branches = ImmutableArray.CreateBuilder<Branch>();
        ImmutableArray<Statement> otherwise = [];
        var used = 0;
        for (StatementSyntax? next = choice; next is not null;)
        {
            if (next is not IfStatementSyntax test)
            {
                otherwise = Translate(next, last);
                break;
            }
            branches.Add(new Branch(lowering.Inline(expressions.Condition(test.Condition), before, ref used), Filled(Translate(test.Statement, last))));
            next = test.Else?.Statement;
        }
        return [.. before, new If(branches.ToImmutable(), otherwise)];
    }

    private static ImmutableArray<Statement> Filled(ImmutableArray<Statement> body) =>
        body.IsEmpty ? [new SimpleCommand("true")] : body;

    private ImmutableArray<Statement> Result(ExpressionSyntax expression, bool last)
    {
        if (method.ReturnsVoid && expression is InvocationExpressionSyntax call)
            return expressions.Command(call) is { } command ? [new IgnoreStatus(command)] : [];
        if (Kind(method.ReturnType) is not false)
        {
            var answer = Answer(expression);
            return last || answer is [.., Return] ? answer : [.. answer, new Return()];
        }
        return [.. Store(ResultVariable, expression), new Return(0)];
    }

    private ImmutableArray<Statement> Answer(ExpressionSyntax expression)
    {
        if (expression is SwitchExpressionSyntax choice && Cases(choice, arm => Answer(arm.Expression)) is { } cases)
            return [cases];
        return lowering.Answer(expressions.Condition(expression));
    }
}
