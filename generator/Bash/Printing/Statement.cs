using System.Collections.Immutable;

namespace VmRecovery.Bash.Printing;

/// <summary>A statement of bash.</summary>
internal abstract record Statement;

/// <summary>A command and its arguments. The first word is the command.</summary>
internal sealed record SimpleCommand(ImmutableArray<Word> Words) : Statement
{
    public SimpleCommand(string name, params ImmutableArray<Word> arguments)
        : this([Word.Of(name), .. arguments])
    {
    }
}

/// <summary>A command whose failure is of no interest: <c>command || true</c>.</summary>
internal sealed record IgnoreStatus(SimpleCommand Command) : Statement;

/// <summary>One variable and its value.</summary>
/// <param name="Name">A bash variable name.</param>
/// <param name="Value">Its value; null declares without a value, which only <see cref="Local"/> can.</param>
internal sealed record Binding(string Name, Word? Value = null);

/// <summary>Assignments on one line: <c>a=1 b=2</c>.</summary>
internal sealed record Assign(params ImmutableArray<Binding> Bindings) : Statement;

/// <summary>Empties arrays: <c>a=() b=()</c>.</summary>
internal sealed record EmptyArrays(params ImmutableArray<string> Names) : Statement;

/// <summary>Adds one element to an array: <c>a+=(word)</c>.</summary>
internal sealed record Append(string Name, Word Value) : Statement;

/// <summary>Variables of the function: <c>local a=1 b</c>.</summary>
internal sealed record Local(params ImmutableArray<Binding> Bindings) : Statement;

/// <summary><c>return</c> with a status from 0 to 255; without one, with that of the command before.</summary>
internal sealed record Return(int? Status = null) : Statement;

/// <summary>A condition as a statement: its status is its answer.</summary>
internal sealed record Check(Condition Condition) : Statement;

/// <summary><c>condition &amp;&amp; return 0</c>.</summary>
internal sealed record ReturnWhen(Condition Condition, int Status) : Statement;

/// <summary><c>condition || return 1</c>. The condition is no <see cref="All"/>: that would read as if … else.</summary>
internal sealed record ReturnUnless(Condition Condition, int Status) : Statement;

/// <summary>A condition and what happens when it holds.</summary>
internal sealed record Branch(Condition Condition, ImmutableArray<Statement> Body);

/// <summary><c>if</c>, <c>elif</c>, <c>else</c>.</summary>
internal sealed record If(ImmutableArray<Branch> Branches, ImmutableArray<Statement> Else) : Statement;

/// <summary>Patterns of a <c>case</c> and what happens for them.</summary>
/// <param name="Patterns">At least one.</param>
/// <param name="Body">None means that nothing happens.</param>
internal sealed record Arm(ImmutableArray<Word> Patterns, ImmutableArray<Statement> Body);

/// <summary><c>case subject in …</c>.</summary>
internal sealed record Case(Word Subject, ImmutableArray<Arm> Arms) : Statement;

/// <summary>A command that reads lines: <c>command &lt;&lt;'END'</c>. Bash changes nothing in them.</summary>
/// <param name="Command">The command.</param>
/// <param name="Lines">The lines, none of which is <c>END</c>.</param>
internal sealed record Reading(SimpleCommand Command, ImmutableArray<string> Lines) : Statement;

/// <summary><c>for variable in words; do …</c>.</summary>
internal sealed record For(string Variable, ImmutableArray<Word> Words, ImmutableArray<Statement> Body) : Statement;

/// <summary>A bash function.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Comment">Lines above it, without <c>#</c>.</param>
/// <param name="Body">At least one statement.</param>
/// <param name="OneLine">Whether a body of one command stands on the line of the name.</param>
internal sealed record FunctionDefinition(
    string Name, ImmutableArray<string> Comment, ImmutableArray<Statement> Body, bool OneLine = false);
