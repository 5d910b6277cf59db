using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;
using DiagnosticDescriptor = VmRecovery.Diagnostics.DiagnosticDescriptor;

namespace VmRecovery.Compiler.Translation;

/// <summary>Translates expressions: bool to conditions, text and enums to words, int to arithmetic.</summary>
internal sealed partial class ExpressionTranslator(Vocabulary vocabulary, Findings findings)
{
    private readonly HashSet<IPropertySymbol> inlining = new(SymbolEqualityComparer.Default);

    /// <summary>Methods of the policy that were called.</summary>
    public HashSet<IMethodSymbol> Called { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>A bool as a condition.</summary>
    public Condition Condition(ExpressionSyntax expression)
    {
        if (Constant(expression) is bool answer)
            return new Fixed(answer);
        switch (expression)
        {
            case ParenthesizedExpressionSyntax { Expression: var inner }:
                return Condition(inner);
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand }:
                return Conditions.Not(Condition(operand));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both:
                return Conditions.Both(Condition(both.Left), Condition(both.Right));
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either:
                return Conditions.Either(Condition(either.Left), Condition(either.Right));
            // The grammar takes the name behind a lone 'is' for a type; here it is a constant.
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression, Right: var constant } test when IsConstant(constant):
                return Equal(test.Left, constant);
            case BinaryExpressionSyntax binary:
                return Compared(binary);
            case IsPatternExpressionSyntax test:
                return Matches(test.Expression, test.Pattern);
            case InvocationExpressionSyntax call:
                return Call(call);
            case ConditionalExpressionSyntax choice:
                return Choose(choice);
            case SwitchExpressionSyntax choice:
                return Choose(choice);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return Flag(expression);
            default:
                return Refused(expression, "a condition is made of &&, ||, !, comparisons, 'is' patterns and calls");
        }
    }

    private Condition Flag(ExpressionSyntax expression)
    {
        if (vocabulary.ModelOf(expression).GetSymbolInfo(expression).Symbol is IPropertySymbol property)
        {
            if (property.Name == "IsEmpty" && Vocabulary.IsLog(property.ContainingType))
                return new Like(Subject(((MemberAccessExpressionSyntax)expression).Expression), [Word.Of("")]);
            if (Inlined(property) is { } body)
            {
                if (!inlining.Add(property))
                    return Refused(expression, $"'{property.Name}' asks itself");
                CheckReceiver(expression);
                var condition = Condition(body);
                inlining.Remove(property);
                return condition;
            }
        }
        return new Comparison(Number(expression), "!=", "0");
    }

    private Condition Choose(ConditionalExpressionSyntax choice)
    {
        var condition = Condition(choice.Condition);
        if (HasEffects(choice.Condition))
            return AskedTwice(choice.Condition);
        return Conditions.Either(
            Conditions.Both(condition, Condition(choice.WhenTrue)),
            Conditions.Both(Conditions.Not(condition), Condition(choice.WhenFalse)));
    }

    private Condition Choose(SwitchExpressionSyntax choice)
    {
        CheckLastArm(choice);
        var answers = new List<Condition>();
        Condition open = new Fixed(true);
        foreach (var arm in choice.Arms)
        {
            var taken = ArmCondition(choice.GoverningExpression, arm);
            answers.Add(Conditions.Both(open, taken, Condition(arm.Expression)));
            open = Conditions.Both(open, Conditions.Not(taken));
        }
        return Conditions.Either(answers);
    }

    /// <summary>When an arm's own pattern and <c>when</c> hold.</summary>
    public Condition ArmCondition(ExpressionSyntax subject, SwitchExpressionArmSyntax arm)
    {
        if (HasEffects(subject) || arm.WhenClause is { } clause && HasEffects(clause))
            return AskedTwice(HasEffects(subject) ? subject : arm.WhenClause!);
        return arm.WhenClause is { Condition: var when }
            ? Conditions.Both(Matches(subject, arm.Pattern), Condition(when))
            : Matches(subject, arm.Pattern);
    }

    /// <summary>C# throws for a value that no arm takes; bash would go on.</summary>
    public void CheckLastArm(SwitchExpressionSyntax choice)
    {
        if (choice.Arms is not [.., { Pattern: DiscardPatternSyntax, WhenClause: null }])
            findings.Refuse(choice.Arms.LastOrDefault() ?? (SyntaxNode)choice, TranslationDiagnostics.Pattern, "the last arm of a switch is '_': bash throws nothing for a value that no arm takes");
    }

    /// <summary>Whether running the expression runs a command of the node.</summary>
    public bool HasEffects(SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any(call =>
            vocabulary.ModelOf(call).GetSymbolInfo(call).Symbol is IMethodSymbol method
            && (vocabulary.IsNode(method.ContainingType) || method.Parameters.Any(p => vocabulary.IsNode(p.Type))));

    private static ExpressionSyntax? Inlined(IPropertySymbol property) =>
        Vocabulary.VariableOf(property) is null
        && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax { ExpressionBody: { } body }
            ? body.Expression
            : null;

    private object? Constant(ExpressionSyntax expression) =>
        vocabulary.ModelOf(expression).GetConstantValue(expression) is { HasValue: true, Value: { } value }
        && vocabulary.ModelOf(expression).GetTypeInfo(expression).Type is not { TypeKind: TypeKind.Enum }
            ? value
            : null;

    private IFieldSymbol? EnumMember(ExpressionSyntax expression) =>
        vocabulary.ModelOf(expression).GetSymbolInfo(expression).Symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } field
            ? field
            : null;

    private ITypeSymbol? TypeOf(ExpressionSyntax expression) => vocabulary.ModelOf(expression).GetTypeInfo(expression).Type;

    private Comparison AskedTwice(SyntaxNode node) =>
        Refused(node, "a command is asked once only: keep its answer in a local variable");

    private Comparison Refused(SyntaxNode node, string message, DiagnosticDescriptor? descriptor = null)
    {
        findings.Refuse(node, descriptor ?? TranslationDiagnostics.Expression, message);
        // The opposite of it exists, so that what stands around it is still looked at.
        return new Comparison("0", "==", "0");
    }

    private Word RefusedWord(SyntaxNode node, string message, DiagnosticDescriptor? descriptor = null)
    {
        findings.Refuse(node, descriptor ?? TranslationDiagnostics.Expression, message);
        return Word.Of("");
    }
}
