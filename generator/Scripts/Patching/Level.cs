using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>Statements that run one after another: the top level, or the body of the function that does everything.</summary>
/// <param name="Statements">The statements, in order.</param>
internal sealed record Level(IReadOnlyList<SyntaxNode> Statements)
{
    /// <summary>What runs before the first of them, in order.</summary>
    public IReadOnlyList<SyntaxNode> Earlier { get; init; } = [];

    /// <summary>What runs after the last of them.</summary>
    public IReadOnlyList<SyntaxNode> Later { get; init; } = [];

    /// <summary>The statement of the top level that runs them; null when they are the top level.</summary>
    public SyntaxNode? Entry { get; init; }

    /// <summary>The braces around them; null when they are the top level.</summary>
    public SyntaxNode? Braces { get; init; }

    /// <summary>Everything that runs before the statement <paramref name="index"/>, in order.</summary>
    public IEnumerable<SyntaxNode> Before(int index) => Earlier.Concat(Statements.Take(index));

    /// <summary>The body of the function that a statement calls and does nothing else; null when it is no such statement.</summary>
    public Level? Inside(int index, ShellScript script)
    {
        var statement = Statements[index];
        if (statement.Child("Cmd") is not { Kind: "Call" } node || script.Text.Slice(statement.Span) != script.Text.Slice(node.Span))
            return null;
        var name = script.Calls.First(c => ReferenceEquals(c.Node, node)).Name;
        // Called twice, it would have to be repeatable as a whole.
        if (name is null || script.Calls.Count(c => c.Name == name) != 1 || script.Functions.Where(f => f.Name == name).ToList() is not [var function])
            return null;
        if (function.Node.Child("Body")?.Child("Cmd") is not { Kind: "Block" } block)
            return null;
        return new Level([.. block.Children.Where(c => c.Kind == "Statement")])
        {
            Earlier = [.. Before(index)],
            Later = [.. Statements.Skip(index + 1), .. Later],
            Entry = Entry ?? statement,
            Braces = block,
        };
    }

    /// <summary>The line before which something goes that has to run just before the statement <paramref name="index"/>.</summary>
    public int LineBefore(int index, ShellScript script) =>
        index > 0 ? script.LineAfter(Statements, Statements[index - 1])
        : Statements.Count > 0 ? script.LineOf(Statements[0].Span)
        : 1;

    /// <summary>The line before which something goes that has to run at their end.</summary>
    public int EndLine(ShellScript script) => Braces is null ? script.Text.LineCount + 1 : script.Text.LineAt(Braces.Span.End - 1);
}
