using System.Collections.Immutable;

namespace VmRecovery.Bash.Printing;

/// <summary>Something that is true or false in bash and fits into <c>if</c> or an and/or list.</summary>
internal abstract record Condition;

/// <summary>A fixed answer: <c>true</c> or <c>false</c>.</summary>
internal sealed record Fixed(bool Answer) : Condition;

/// <summary>Whether a text is like any of the patterns (<c>[[ $a == x || $a == y* ]]</c>), or like none of them.</summary>
internal sealed record Like(Word Subject, ImmutableArray<Word> Patterns, bool Negated = false) : Condition;

/// <summary>Whether a POSIX extended regular expression matches: <c>[[ $subject =~ $pattern ]]</c>.</summary>
/// <param name="Subject">What is looked at.</param>
/// <param name="Pattern">The name of the variable with the expression: quoting it would make it plain text.</param>
/// <param name="Negated">Whether it must not match.</param>
internal sealed record Regex(Word Subject, string Pattern, bool Negated = false) : Condition;

/// <summary>Arithmetic that is not 0: <c>((a == 1))</c>.</summary>
/// <param name="Expression">The text between the parentheses, as shfmt writes it.</param>
internal sealed record Arithmetic(string Expression) : Condition;

/// <summary>A command that ends with status 0 — or, negated, with any other.</summary>
internal sealed record Succeeds(SimpleCommand Command, bool Negated = false) : Condition;

/// <summary>All of at least two.</summary>
internal sealed record All(ImmutableArray<Condition> Operands) : Condition;

/// <summary>Any of at least two.</summary>
internal sealed record Any(ImmutableArray<Condition> Operands) : Condition;
