using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash;

namespace VmRecovery.Translation;

/// <summary>Translates one method. True is status 0, false status 1; a text or number comes back in <c>REPLY</c>.</summary>
internal sealed class MethodTranslator
{
    private const string ResultVariable = "REPLY";

    private readonly Vocabulary vocabulary;
    private readonly Findings findings;
    private readonly IMethodSymbol method;
    private readonly ExpressionTranslator expressions;
    private readonly Lowering lowering;

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
            MethodDeclarationSyntax { ExpressionBody.Expression: var expression } => Result(expression),
            MethodDeclarationSyntax { Body: { } block } => Statements(block.Statements),
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
            if (parameter.RefKind != RefKind.None || !isValue && !vocabulary.IsShared(parameter.Type) && !vocabulary.IsNode(parameter.Type))
                findings.Refuse(parameter, Codes.Signature, $"a parameter of type '{parameter.Type.Name}' has no bash equivalent; allowed are string, int, bool, enums, records of the policy and interfaces of commands");
            else if (isValue)
                bindings.Add(new Binding(LocalName(parameter), Word.Value(FormattableString.Invariant($"{bindings.Count + 1}"))));
        }
        foreach (var twice in method.Parameters.Where(p => vocabulary.IsShared(p.Type)).GroupBy(p => p.Type, SymbolEqualityComparer.Default).Where(g => g.Count() > 1))
            findings.Refuse(twice.Last(), Codes.Signature, "a second one of the same record: in bash there is one set of variables");
        if (method.IsGenericMethod || method.IsAsync || !method.IsStatic)
            findings.Refuse(method, Codes.Signature, "a method of the policy is static, not generic and not async");
        if (!method.ReturnsVoid && Kind(method.ReturnType) is null)
            findings.Refuse(method, Codes.Signature, $"a result of type '{method.ReturnType.Name}' has no bash equivalent; allowed are bool, string, int and enums");
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
        var name = Vocabulary.Snake(symbol.Name);
        if (vocabulary.SharedVariables.Contains(name) || name is "re" || !Vocabulary.IsName(name))
            findings.Refuse(symbol, Codes.Name, $"'{symbol.Name}' would hide the shell variable '{name}'; choose another name");
        return name;
    }

    private ImmutableArray<Statement> Statements(IEnumerable<StatementSyntax> statements) =>
        [.. statements.SelectMany(s => Translate(s))];

    private ImmutableArray<Statement> Translate(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                return Statements(block.Statements);
            case IfStatementSyntax choice:
                return Choice(choice);
            case ReturnStatementSyntax { Expression: null }:
                return [new Return(0)];
            case ReturnStatementSyntax { Expression: { } expression }:
                return Result(expression);
            case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value } variable] } local:
                var symbol = vocabulary.ModelOf(local).GetDeclaredSymbol(variable)!;
                return Declaration(LocalName(symbol), value);
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call }:
                return expressions.Command(call) is { } command ? [new IgnoreStatus(command)] : [];
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { OperatorToken.Text: "=", Left: IdentifierNameSyntax target } assignment }
                when vocabulary.ModelOf(target).GetSymbolInfo(target).Symbol is ILocalSymbol known:
                return Store(Vocabulary.Snake(known.Name), assignment.Right);
            default:
                findings.Refuse(statement, Codes.Statement, "this statement has no bash equivalent; allowed are if, return, calls, and local variables with a value");
                return [];
        }
    }

    private ImmutableArray<Statement> Choice(IfStatementSyntax choice)
    {
        var before = ImmutableArray.CreateBuilder<Statement>();
        var branches = ImmutableArray.CreateBuilder<Branch>();
        ImmutableArray<Statement> otherwise = [];
        for (StatementSyntax? next = choice; next is not null;)
        {
            if (next is not IfStatementSyntax test)
            {
                otherwise = Translate(next);
                break;
            }
            branches.Add(new Branch(lowering.Inline(expressions.Condition(test.Condition), before), Filled(Translate(test.Statement))));
            next = test.Else?.Statement;
        }
        return [.. before, new If(branches.ToImmutable(), otherwise)];
    }

    private static ImmutableArray<Statement> Filled(ImmutableArray<Statement> body) =>
        body.IsEmpty ? [new SimpleCommand("true")] : body;

    private ImmutableArray<Statement> Result(ExpressionSyntax expression)
    {
        if (method.ReturnsVoid && expression is InvocationExpressionSyntax call)
            return expressions.Command(call) is { } command ? [new IgnoreStatus(command)] : [];
        if (Kind(method.ReturnType) is not false)
            return Answer(expression);
        return [.. Store(ResultVariable, expression), new Return(0)];
    }

    private ImmutableArray<Statement> Answer(ExpressionSyntax expression)
    {
        if (expression is SwitchExpressionSyntax choice && Cases(choice, arm => Answer(arm.Expression)) is { } cases)
            return [cases];
        return lowering.Answer(expressions.Condition(expression));
    }

    private ImmutableArray<Statement> Declaration(string name, ExpressionSyntax value)
    {
        // `local` would cover the status of what stands behind it, and a condition needs statements of its own.
        if (IsPlain(value))
            return [new Local(new Binding(name, expressions.Value(value)))];
        return [new Local(new Binding(name)), .. Store(name, value)];
    }

    private static bool IsPlain(ExpressionSyntax value) =>
        value is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax or InterpolatedStringExpressionSyntax;

    private ImmutableArray<Statement> Store(string name, ExpressionSyntax value)
    {
        var type = vocabulary.ModelOf(value).GetTypeInfo(value) is { ConvertedType: { } converted } ? converted : null;
        switch (value)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Store(name, inner);
            case LiteralExpressionSyntax:
                break;
            case SwitchExpressionSyntax choice when Cases(choice, arm => Store(name, arm.Expression)) is { } cases:
                return [cases];
            case SwitchExpressionSyntax choice:
                return Chain(name, choice);
            case ConditionalExpressionSyntax choice:
                return Either(choice.Condition, Store(name, choice.WhenTrue), Store(name, choice.WhenFalse));
            case ExpressionSyntax when type?.SpecialType == SpecialType.System_Boolean:
                return Either(value, [new Assign(new Binding(name, Word.Of("1")))], [new Assign(new Binding(name, Word.Of("0")))]);
            case InvocationExpressionSyntax call:
                return expressions.Command(call) is { } command
                    ? [command, new Assign(new Binding(name, Word.Value(ResultVariable)))]
                    : [];
        }
        return [new Assign(new Binding(name, expressions.Value(value!)))];
    }

    private ImmutableArray<Statement> Either(ExpressionSyntax condition, ImmutableArray<Statement> yes, ImmutableArray<Statement> no)
    {
        var before = ImmutableArray.CreateBuilder<Statement>();
        var test = lowering.Inline(expressions.Condition(condition), before);
        return [.. before, new If([new Branch(test, yes)], no)];
    }

    private ImmutableArray<Statement> Chain(string name, SwitchExpressionSyntax choice)
    {
        var before = ImmutableArray.CreateBuilder<Statement>();
        var branches = ImmutableArray.CreateBuilder<Branch>();
        foreach (var arm in choice.Arms)
        {
            var test = lowering.Inline(expressions.ArmCondition(choice.GoverningExpression, arm), before);
            branches.Add(new Branch(test, Store(name, arm.Expression)));
        }
        return branches[^1] is { Condition: Fixed { Answer: true }, Body: var rest } && branches.Count > 1
            ? [.. before, new If([.. branches.SkipLast(1)], rest)]
            : [.. before, new If(branches.ToImmutable(), [])];
    }

    /// <summary>A switch over constants as a <c>case</c>; null when it is more than that.</summary>
    private Case? Cases(SwitchExpressionSyntax choice, Func<SwitchExpressionArmSyntax, ImmutableArray<Statement>> body)
    {
        var arms = ImmutableArray.CreateBuilder<Arm>();
        Word? subject = null;
        foreach (var arm in choice.Arms)
        {
            if (arm.WhenClause is not null)
                return null;
            if (arm.Pattern is DiscardPatternSyntax)
            {
                arms.Add(new Arm([new Word([new AnyText()])], body(arm)));
                continue;
            }
            if (Conditions.Join(expressions.ArmCondition(choice.GoverningExpression, arm), reorder: true) is not Like { Negated: false } like)
                return null;
            subject = like.Subject;
            arms.Add(new Arm(like.Patterns, body(arm)));
        }
        return subject is null ? null : new Case(subject, arms.ToImmutable());
    }
}
