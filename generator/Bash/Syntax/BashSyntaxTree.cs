using System.Collections.Immutable;
using System.Text;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>
/// The syntax tree of a bash script. Every script has one: what is wrong in it is listed in <see cref="Problems"/>,
/// and the tree holds what could be understood.
/// </summary>
public sealed class BashSyntaxTree
{
    internal BashSyntaxTree(
        ReadOnlyMemory<byte> source,
        Script root,
        ImmutableArray<SyntaxToken> tokens,
        ImmutableArray<Comment> comments,
        ImmutableArray<SyntaxProblem> problems)
    {
        Source = source;
        Root = root;
        Tokens = tokens;
        Comments = comments;
        Problems = problems;
        lines = new Lazy<LineMap>(() => new LineMap(source));
    }

    private readonly Lazy<LineMap> lines;

    /// <summary>The bytes that were read; all offsets refer to them.</summary>
    public ReadOnlyMemory<byte> Source { get; }

    /// <summary>The root of the tree.</summary>
    public Script Root { get; }

    /// <summary>The tokens in the order of the text, comments included.</summary>
    public ImmutableArray<SyntaxToken> Tokens { get; }

    /// <summary>The comments in the order of the text.</summary>
    public ImmutableArray<Comment> Comments { get; }

    /// <summary>The problems in the order of the text; empty when bash would accept the script.</summary>
    public ImmutableArray<SyntaxProblem> Problems { get; }

    /// <summary>The lines of the source.</summary>
    public LineMap Lines => lines.Value;

    /// <summary>Reads a script.</summary>
    /// <param name="source">The bytes of the script, in any encoding that extends ASCII.</param>
    public static BashSyntaxTree Parse(ReadOnlyMemory<byte> source) => Reading.Reader.Read(source);

    /// <summary>Reads a script given as text; offsets are those of its UTF-8 form.</summary>
    public static BashSyntaxTree Parse(string source) => Parse(Encoding.UTF8.GetBytes(source));

    /// <summary>The source of a range as text.</summary>
    public string Text(TextSpan span) => Encoding.UTF8.GetString(Source.Span[span.Start..span.End]);

    /// <summary>The source of a node as text, without the bodies of its here-documents.</summary>
    public string Text(SyntaxNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Text(node.Span);
    }
}
