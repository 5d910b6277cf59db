using System.Collections.Immutable;

namespace VmRecovery.Bash;

/// <summary>Something with a status of 0 or 1: what C# calls a boolean expression.</summary>
internal abstract record Condition;

/// <summary>A single command, <c>[[ … ]]</c> or <c>((…))</c>, as source.</summary>
internal sealed record TestCondition(string Source) : Condition;

/// <summary>A call of a function or program.</summary>
internal sealed record CallCondition(ImmutableArray<Word> Words) : Condition;

/// <summary>The opposite.</summary>
internal sealed record NotCondition(Condition Operand) : Condition;

/// <summary>All of them, tried from the left.</summary>
internal sealed record AllCondition(ImmutableArray<Condition> Operands) : Condition;

/// <summary>Any of them, tried from the left.</summary>
internal sealed record AnyCondition(ImmutableArray<Condition> Operands) : Condition;

/// <summary>Always or never.</summary>
internal sealed record ConstantCondition(bool Value) : Condition;
