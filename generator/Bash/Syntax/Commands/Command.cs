using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax;

/// <summary>A command: a simple or compound one, or commands joined by operators.</summary>
public abstract class Command : SyntaxNode
{
    private protected Command(TextSpan span, ImmutableArray<Redirect> redirects)
        : base(span) => Redirects = redirects;

    /// <summary>
    /// The redirections of the command itself, in the order of the text; empty for lists, pipelines and prefixes such
    /// as <c>!</c>, whose parts have their own.
    /// </summary>
    public ImmutableArray<Redirect> Redirects { get; }
}
