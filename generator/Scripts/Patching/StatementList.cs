using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>Statements that run one after another: the top level, or the body of the function that does everything.</summary>
/// <param name="Statements">The statements, in order.</param>
internal sealed record StatementList(ImmutableArray<Statement> Statements)
{
    /// <summary>The statements that run before the first one, in order.</summary>
    public ImmutableArray<Statement> Earlier { get; init; } = [];

    /// <summary>The statements that run after the last one.</summary>
    public ImmutableArray<Statement> Later { get; init; } = [];

    /// <summary>The statement of the top level that runs the list; null when the list is the top level.</summary>
    public Statement? Entry { get; init; }

    /// <summary>The braces around the list; null when the list is the top level.</summary>
    public Group? Braces { get; init; }

    /// <summary>The statements that run before the one at <paramref name="index"/>, in order.</summary>
    public IEnumerable<Statement> Before(int index) => Earlier.Concat(Statements.Take(index));

    /// <summary>The body of the function that a statement calls and does nothing else; null for other statements.</summary>
    public StatementList? Inside(int index, VmScript script, CallGraph graph)
    {
        var statement = Statements[index];
        if (statement is not { IsBackground: false, Command: SimpleCommand { Name: { } name, Redirects: [] } })
            return null;
        // Called twice, it would have to be repeatable as a whole.
        if (script.Commands.Count(c => c.Trap is null && c.Program == name) != 1 || graph.Definitions[name].ToList() is not [var function])
            return null;
        if (function.Body is not Group group)
            return null;
        return new StatementList(group.Body)
        {
            Earlier = [.. Before(index)],
            Later = [.. Statements.Skip(index + 1), .. Later],
            Entry = Entry ?? statement,
            Braces = group,
        };
    }

    /// <summary>The line before which an insertion runs just before the statement at <paramref name="index"/>.</summary>
    public int LineBefore(int index, ScriptLines lines) =>
        index > 0 ? lines.After(Statements, Statements[index - 1])
        : Statements.Length > 0 ? lines.First(Statements[0])
        : 1;

    /// <summary>The line before which an insertion runs at the end of the list.</summary>
    public int EndLine(ScriptLines lines) => Braces is null ? lines.Count + 1 : lines.Last(Braces);
}
