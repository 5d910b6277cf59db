using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Patching;

/// <summary>Lines, counted from 1, at which nodes of a script begin and end.</summary>
internal sealed class ScriptLines(BashSyntaxTree tree)
{
    /// <summary>Number of lines.</summary>
    public int Count => tree.Lines.Count;

    /// <summary>The line in which a node begins.</summary>
    public int First(SyntaxNode node) => At(node.Span);

    /// <summary>The line in which a range begins.</summary>
    public int At(TextSpan span) => tree.Lines.LineAt(span.Start);

    /// <summary>The line in which a node ends, its here-documents included.</summary>
    public int Last(SyntaxNode node)
    {
        var span = node.FullSpan();
        return tree.Lines.LineAt(Math.Max(span.Start, span.End - 1));
    }

    /// <summary>The first line after a statement: several may share a line, and a here-document may follow it.</summary>
    /// <param name="siblings">The statements among which it stands.</param>
    /// <param name="node">The statement.</param>
    public int After(ImmutableArray<Statement> siblings, SyntaxNode node)
    {
        var line = Last(node) + 1;
        foreach (var statement in siblings)
        {
            if (First(statement) < line && statement.Span.End > node.Span.Start)
                line = Math.Max(line, Last(statement) + 1);
        }
        return line;
    }
}
