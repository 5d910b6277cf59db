using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash;

namespace VmRecovery.Translation;

/// <summary>Translates one method of the policy into a bash function.</summary>
internal sealed class MethodTranslator
{
    private readonly IMethodSymbol method;
    private readonly WordTranslator words;
    private readonly ConditionTranslator conditions;

    private MethodTranslator(IMethodSymbol method, SemanticModel model)
    {
        this.method = method;
        words = new WordTranslator(model);
        conditions = new ConditionTranslator(model, words);
    }

    /// <summary>The function.</summary>
    /// <exception cref="NotTranslatableException">Something in it has no bash equivalent.</exception>
    public static FunctionDefinition Translate(IMethodSymbol method, Compilation compilation, ImmutableArray<string> comment)
    {
        var declaration = (MethodDeclarationSyntax)method.DeclaringSyntaxReferences[0].GetSyntax();
        var translator = new MethodTranslator(method, compilation.GetSemanticModel(declaration.SyntaxTree));
        return new FunctionDefinition(FunctionNames.Of(method), comment, translator.Body(declaration));
    }

    private ImmutableArray<Statement> Body(MethodDeclarationSyntax declaration)
    {
        if (method.ReturnType.SpecialType is not (SpecialType.System_Boolean or SpecialType.System_Void))
            throw new NotTranslatableException(declaration.ReturnType, "VMP211", $"'{method.ReturnType.Name}' is no status; a translated method returns bool or nothing");
        var body = declaration switch
        {
            { ExpressionBody.Expression: { } expression } => [Answer(expression)],
            { Body: { } block } => Statements(block.Statements),
            _ => throw new NotTranslatableException(declaration, "VMP211", "a method without a body has no bash equivalent"),
        };
        var parameters = method.Parameters.Where(parameter => !parameter.Type.IsScope() && !parameter.Type.IsCommands()).ToList();
        return
        [
            .. parameters.Select((parameter, index) => new ParameterStatement(PolicyVocabulary.SnakeCase(parameter.Name), index + 1)),
            .. conditions.Patterns.Select(pattern => new AssignmentStatement(pattern.Name, Word.Of(pattern.Ere), IsLocal: true)),
            .. body,
        ];
    }

    private Statement Answer(ExpressionSyntax expression) =>
        method.ReturnsVoid ? Command(expression) : new ConditionStatement(conditions.Translate(expression));

    private ImmutableArray<Statement> Statements(IEnumerable<StatementSyntax> statements) => [.. statements.Select(Translate)];

    private Statement Translate(StatementSyntax statement) => statement switch
    {
        IfStatementSyntax choice => new IfStatement(Branches(choice)),
        ReturnStatementSyntax { Expression: null } => new ReturnStatement(0),
        ReturnStatementSyntax { Expression: { } answer } => Return(conditions.Translate(answer)),
        ExpressionStatementSyntax expression => Command(expression.Expression),
        LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: { } value } variable] } =>
            new AssignmentStatement(PolicyVocabulary.SnakeCase(variable.Identifier.Text), words.Translate(value), IsLocal: true),
        _ => throw new NotTranslatableException(statement, "VMP212", "this statement has no bash equivalent; use if, return, calls and locals with a text"),
    };

    /// <summary>A return that may stand anywhere: a test alone would not end the function.</summary>
    private static Statement Return(Condition condition) => condition switch
    {
        ConstantCondition constant => new ReturnStatement(constant.Value ? 0 : 1),
        _ => new IfStatement([(condition, [new ReturnStatement(0)]), (null, [new ReturnStatement(1)])]),
    };

    private ImmutableArray<(Condition?, ImmutableArray<Statement>)> Branches(IfStatementSyntax choice)
    {
        var branches = ImmutableArray.CreateBuilder<(Condition?, ImmutableArray<Statement>)>();
        branches.Add((conditions.Translate(choice.Condition), Block(choice.Statement)));
        for (var rest = choice.Else?.Statement; rest is not null;)
        {
            if (rest is IfStatementSyntax next)
            {
                branches.Add((conditions.Translate(next.Condition), Block(next.Statement)));
                rest = next.Else?.Statement;
            }
            else
            {
                branches.Add((null, Block(rest)));
                rest = null;
            }
        }
        return branches.ToImmutable();
    }

    private ImmutableArray<Statement> Block(StatementSyntax statement) =>
        statement is BlockSyntax block ? Statements(block.Statements) : [Translate(statement)];

    private CommandStatement Command(ExpressionSyntax expression)
    {
        if (expression is not InvocationExpressionSyntax call || conditions.Translate(call) is not CallCondition command)
            throw new NotTranslatableException(expression, "VMP212", "only a call can stand alone");
        // A bool that C# drops is a status that bash must drop too, or errexit would end the script.
        var returnsStatus = command.Words.Length > 0 && ReturnsBool(call);
        return new CommandStatement(command.Words, IgnoresStatus: returnsStatus);
    }

    private bool ReturnsBool(InvocationExpressionSyntax call) =>
        words.Model.GetSymbolInfo(call).Symbol is IMethodSymbol { ReturnType.SpecialType: SpecialType.System_Boolean };
}
