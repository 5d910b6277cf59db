using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A command or pipeline after <c>time</c>.</summary>
public sealed class TimedCommand(TextSpan span, bool isPosix, Command? command) : Command(span, [])
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.TimedCommand;

    /// <summary>Whether <c>-p</c> is given.</summary>
    public bool IsPosix { get; } = isPosix;

    /// <summary>The command; null for a <c>time</c> that stands alone.</summary>
    public Command? Command { get; } = command;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Command is not null)
            children.Add(Command);
    }
}
