using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A command after <c>coproc</c>, which runs in the background with pipes to it.</summary>
public sealed class Coprocess(TextSpan span, string? name, Command command) : Command(span, [])
{
    /// <inheritdoc/>
    public override SyntaxKind Kind => SyntaxKind.Coprocess;

    /// <summary>The name of the array of its file descriptors; null for the default, <c>COPROC</c>.</summary>
    public string? Name { get; } = name;

    /// <summary>The command.</summary>
    public Command Command { get; } = command;

    internal override void CollectChildren(List<SyntaxNode> children) => children.Add(Command);
}
