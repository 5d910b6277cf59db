using System.Collections.Immutable;

namespace VmRecovery.Bash;

/// <summary>A statement of a function.</summary>
internal abstract record Statement;

/// <summary>Runs a command.</summary>
/// <param name="Words">Program and arguments.</param>
/// <param name="IgnoresStatus">Whether its failure does not matter, also under errexit.</param>
internal sealed record CommandStatement(ImmutableArray<Word> Words, bool IgnoresStatus) : Statement;

/// <summary>Sets a variable; <paramref name="IsLocal"/> also declares it.</summary>
internal sealed record AssignmentStatement(string Name, Word Value, bool IsLocal) : Statement;

/// <summary>Takes a positional parameter as a local variable.</summary>
internal sealed record ParameterStatement(string Name, int Position) : Statement;

/// <summary>Appends words to an array.</summary>
internal sealed record AppendStatement(string Array, ImmutableArray<Word> Values) : Statement;

/// <summary>Empties arrays.</summary>
internal sealed record ClearStatement(ImmutableArray<string> Arrays) : Statement;

/// <summary>Runs the first branch whose condition holds; a branch without condition is the rest.</summary>
internal sealed record IfStatement(ImmutableArray<(Condition? Condition, ImmutableArray<Statement> Body)> Branches) : Statement;

/// <summary>Chooses by the value of a variable.</summary>
internal sealed record CaseStatement(string Subject, ImmutableArray<(ImmutableArray<string> Values, ImmutableArray<Statement> Body)> Arms) : Statement;

/// <summary>Ends the function with a status.</summary>
internal sealed record ReturnStatement(int Status) : Statement;

/// <summary>The last statement of a predicate: its status is the answer.</summary>
internal sealed record ConditionStatement(Condition Condition) : Statement;

/// <summary>A function with the comment above it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Comment">What it is, in lines without the number sign.</param>
/// <param name="Body">Its statements.</param>
internal sealed record FunctionDefinition(string Name, ImmutableArray<string> Comment, ImmutableArray<Statement> Body);
