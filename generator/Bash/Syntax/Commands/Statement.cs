using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A command in a list of commands, with the semicolon or ampersand that ends it.</summary>
public sealed class Statement(TextSpan span, Command command, StatementTerminator terminator) : SyntaxNode(span)
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Statement;

    /// <summary>The command.</summary>
    public Command Command { get; } = command;

    /// <summary>The end of the statement.</summary>
    public StatementTerminator Terminator { get; } = terminator;

    /// <summary>Whether the statement runs in the background.</summary>
    public bool IsBackground => Terminator == StatementTerminator.Background;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Command);
}
