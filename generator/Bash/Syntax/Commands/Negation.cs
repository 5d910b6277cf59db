using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A command or pipeline after <c>!</c>.</summary>
public sealed class Negation(TextSpan span, Command? command) : Command(span, [])
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Negation;

    /// <summary>The command; null for a <c>!</c> that stands alone.</summary>
    public Command? Command { get; } = command;

    internal override void CollectChildren(List<SyntaxNode> children)
    {
        if (Command is not null)
            children.Add(Command);
    }
}
