using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;

namespace VmRecovery.Compiler.Translation;

/// <summary>Values that are kept in variables.</summary>
internal sealed partial class MethodTranslator
{
    private ImmutableArray<Statement> Declaration(string name, ExpressionSyntax value)
    {
        // `local` would cover the status of what stands behind it, and a condition needs statements of its own.
        if (IsPlain(value))
            return [new Local(new Binding(name, expressions.Value(value)))];
        return [new Local(new Binding(name)), .. Store(name, value)];
    }

    private bool IsPlain(ExpressionSyntax value) =>
        value is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax
        || value is IdentifierNameSyntax or MemberAccessExpressionSyntax && TypeOf(value)?.SpecialType != SpecialType.System_Boolean;

    private ITypeSymbol? TypeOf(ExpressionSyntax value) => vocabulary.ModelOf(value).GetTypeInfo(value).ConvertedType;

    private ImmutableArray<Statement> Store(string name, ExpressionSyntax value)
    {
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
            case ExpressionSyntax when TypeOf(value)?.SpecialType == SpecialType.System_Boolean:
                return Either(value, [new Assign(new Binding(name, Word.Of("1")))], [new Assign(new Binding(name, Word.Of("0")))]);
            case InvocationExpressionSyntax call:
                return expressions.Command(call) is not { } command
                    ? []
                    : name == ResultVariable ? [command] : [command, new Assign(new Binding(name, Word.Value(ResultVariable)))];
        }
        return [new Assign(new Binding(name, expressions.Value(value)))];
    }

    private ImmutableArray<Statement> Either(ExpressionSyntax condition, ImmutableArray<Statement> yes, ImmutableArray<Statement> no)
    {
        var before = ImmutableArray.CreateBuilder<Statement>();
        var used = 0;
        var test = lowering.Inline(expressions.Condition(condition), before, ref used);
        return [.. before, new If([new Branch(test, yes)], no)];
    }

    private ImmutableArray<Statement> Chain(string name, SwitchExpressionSyntax choice)
    {
        var before = ImmutableArray.CreateBuilder<Statement>();
        var branches = ImmutableArray.CreateBuilder<Branch>();
        var used = 0;
        foreach (var arm in choice.Arms)
        {
            var test = lowering.Inline(expressions.ArmCondition(choice.GoverningExpression, arm), before, ref used);
            branches.Add(new Branch(test, Store(name, arm.Expression)));
        }
        return branches[^1] is { Condition: Fixed { Answer: true }, Body: var rest } && branches.Count > 1
            ? [.. before, new If([.. branches.SkipLast(1)], rest)]
            : [.. before, new If(branches.ToImmutable(), [])];
    }

    /// <summary>A switch over constants as a <c>case</c>; null when it is more than that.</summary>
    private Case? Cases(SwitchExpressionSyntax choice, Func<SwitchExpressionArmSyntax, ImmutableArray<Statement>> body)
    {
        expressions.CheckLastArm(choice);
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
