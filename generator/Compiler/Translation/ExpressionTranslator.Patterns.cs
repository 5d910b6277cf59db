using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;

namespace VmRecovery.Compiler.Translation;

internal sealed partial class ExpressionTranslator
{
    private static readonly Dictionary<SyntaxKind, string> Relations = new()
    {
        [SyntaxKind.EqualsExpression] = "==",
        [SyntaxKind.NotEqualsExpression] = "!=",
        [SyntaxKind.LessThanExpression] = "<",
        [SyntaxKind.LessThanOrEqualExpression] = "<=",
        [SyntaxKind.GreaterThanExpression] = ">",
        [SyntaxKind.GreaterThanOrEqualExpression] = ">=",
    };

    private Condition Compared(BinaryExpressionSyntax binary)
    {
        if (!Relations.TryGetValue(binary.Kind(), out var relation))
            return Refused(binary, $"'{binary.OperatorToken.Text}' has no bash equivalent in a condition");
        var (left, right) = (binary.Left, binary.Right);
        if (Kind(left) == Kind(right) && Kind(left) == ValueKind.Number)
            return new Comparison(Number(left), relation, Number(right));
        if (relation is not ("==" or "!=") || Kind(left) != Kind(right) || Kind(left) == ValueKind.None)
            return Refused(binary, "numbers are compared with numbers, texts with texts and enums with enums of the same type");
        if (Kind(left) == ValueKind.Bool && HasEffects(binary))
            return AskedTwice(binary);
        Condition same = Kind(left) == ValueKind.Bool
            ? Conditions.Either(
                Conditions.Both(Condition(left), Condition(right)),
                Conditions.Both(Conditions.Not(Condition(left)), Conditions.Not(Condition(right))))
            : IsConstant(left)
                ? new Like(Value(right), [Value(left)])
                : new Like(Value(left), [Value(right)]);
        return relation == "==" ? same : Conditions.Not(same);
    }

    private bool IsConstant(ExpressionSyntax expression) => Constant(expression) is not null || EnumMember(expression) is not null;

    private Condition Matches(ExpressionSyntax subject, PatternSyntax pattern)
    {
        switch (pattern)
        {
            case ParenthesizedPatternSyntax { Pattern: var inner }:
                return Matches(subject, inner);
            case UnaryPatternSyntax { Pattern: var inner }:
                return Conditions.Not(Matches(subject, inner));
            case BinaryPatternSyntax when HasEffects(subject):
                return AskedTwice(subject);
            case BinaryPatternSyntax { RawKind: (int)SyntaxKind.OrPattern } either:
                return Conditions.Either(Matches(subject, either.Left), Matches(subject, either.Right));
            case BinaryPatternSyntax both:
                return Conditions.Both(Matches(subject, both.Left), Matches(subject, both.Right));
            case DiscardPatternSyntax:
                return new Fixed(true);
            case RelationalPatternSyntax { OperatorToken.Text: var relation, Expression: var limit } when Kind(subject) == ValueKind.Number:
                return new Comparison(Number(subject), relation, Number(limit));
            case ConstantPatternSyntax { Expression: var constant }:
                return Equal(subject, constant);
            default:
                findings.Refuse(pattern, TranslationDiagnostics.Pattern, "a pattern is made of constants, 'or', 'and', 'not' and, for numbers, < <= > >=");
                return new Fixed(true);
        }
    }

    private Condition Equal(ExpressionSyntax subject, ExpressionSyntax constant)
    {
        switch (Kind(subject))
        {
            case ValueKind.Number:
                return new Comparison(Number(subject), "==", Number(constant));
            case ValueKind.Text when IsConstant(constant):
            case ValueKind.Enum when EnumMember(constant) is not null:
                return new Like(Value(subject), [Value(constant)]);
            case ValueKind.Bool when Constant(constant) is bool answer:
                return answer ? Condition(subject) : Conditions.Not(Condition(subject));
            default:
                return Refused(constant, "only texts, numbers, enums and bools have patterns", TranslationDiagnostics.Pattern);
        }
    }

    private enum ValueKind
    {
        None,
        Text,
        Number,
        Enum,
        Bool,
    }

    private ValueKind Kind(ExpressionSyntax expression) => TypeOf(expression) switch
    {
        { SpecialType: SpecialType.System_String } => ValueKind.Text,
        { SpecialType: SpecialType.System_Int32 } => ValueKind.Number,
        { SpecialType: SpecialType.System_Boolean } => ValueKind.Bool,
        { TypeKind: TypeKind.Enum } => ValueKind.Enum,
        _ => ValueKind.None,
    };
}
