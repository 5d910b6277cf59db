using System.Runtime.InteropServices;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads scripts; the entry of the readers.</summary>
internal static class Reader
{
    /// <summary>Reads a script of any content.</summary>
    public static BashSyntaxTree Read(ReadOnlyMemory<byte> source)
    {
        if (FileProblem.Of(source.Span) is { } problem)
            return Unread(source, problem);
        var bytes = MemoryMarshal.TryGetArray(source, out var segment) && segment.Offset == 0 ? segment.Array! : source.ToArray();
        var state = new ReadingState(source.Length, endsStringsEarly: false);
        var root = ReadScript(bytes, source.Length, state);
        if (state.HasOpenString)
        {
            state = new ReadingState(source.Length, endsStringsEarly: true);
            root = ReadScript(bytes, source.Length, state);
        }
        state.Problems.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        LinkParents(root);
        return new BashSyntaxTree(source, root, [.. state.Tokens], [.. state.Comments], [.. state.Problems]);
    }

    private static Script ReadScript(byte[] bytes, int length, ReadingState state)
    {
        var cursor = new Cursor(bytes, 0, length, state);
        if (cursor.StartsWith("\uFEFF"u8))
            cursor.Take(TokenKind.ByteOrderMark, 3);
        var reader = new ScriptReader(cursor);
        var statements = reader.Statements.ReadList();
        reader.HereDocuments.ReadPending();
        if (state.IsAborted)
        {
            var read = state.Tokens.Count == 0 ? 0 : state.Tokens[^1].Span.End;
            state.Tokens.Add(new SyntaxToken(TokenKind.Skipped, new TextSpan(read, length)));
        }
        return new Script(new TextSpan(0, length), statements);
    }

    private static BashSyntaxTree Unread(ReadOnlyMemory<byte> source, SyntaxProblem problem)
    {
        var whole = new TextSpan(0, source.Length);
        return new BashSyntaxTree(source, new Script(whole, []), [new SyntaxToken(TokenKind.Skipped, whole)], [], [problem]);
    }

    private static void LinkParents(Script root)
    {
        var waiting = new List<SyntaxNode> { root };
        while (waiting.Count > 0)
        {
            var node = waiting[^1];
            waiting.RemoveAt(waiting.Count - 1);
            var first = waiting.Count;
            node.CollectChildren(waiting);
            for (var i = first; i < waiting.Count; i++)
                waiting[i].Parent = node;
        }
    }
}
