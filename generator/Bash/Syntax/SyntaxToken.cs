using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>The kinds of tokens.</summary>
public enum TokenKind
{
    /// <summary>An operator or a bracket: <c>|</c>, <c>;;</c>, <c>$(</c>, <c>}</c> of an expansion, …</summary>
    Operator,

    /// <summary>A reserved word: <c>if</c>, <c>{</c>, <c>[[</c>, …</summary>
    Keyword,

    /// <summary>The name of a variable or a function where it is defined or expanded.</summary>
    Name,

    /// <summary>A stretch of unquoted text of a word.</summary>
    Literal,

    /// <summary>A quote that opens or closes a string.</summary>
    Quote,

    /// <summary>Text inside quotes.</summary>
    QuotedText,

    /// <summary>Text of a here-document.</summary>
    HereDocument,

    /// <summary>The line that ends a here-document.</summary>
    HereDocumentEnd,

    /// <summary>A comment, from <c>#</c> to the end of its line, without the line feed.</summary>
    Comment,

    /// <summary>A line feed that ends a command or separates two.</summary>
    NewLine,

    /// <summary>A byte order mark at the start of the file.</summary>
    ByteOrderMark,

    /// <summary>Text that fits no rule of the grammar; a problem tells why.</summary>
    Skipped,
}

/// <summary>
/// A token. The tokens of a tree are sorted and do not overlap; between them stand only blanks, line feeds and
/// escaped line feeds.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Span">The bytes.</param>
public readonly record struct SyntaxToken(TokenKind Kind, TextSpan Span);
