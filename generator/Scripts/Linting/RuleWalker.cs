using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Linting;

/// <summary>The one walk over the tree that gives nodes to the rules.</summary>
internal sealed class RuleWalker(RuleHooks hooks, Func<LintRule, RuleContext?> contextOf) : SyntaxWalker
{
    /// <inheritdoc/>
    protected override bool Enter(SyntaxNode node)
    {
        if (hooks.ForNode(node.Kind) is { } interested)
        {
            foreach (var hook in interested)
            {
                if (contextOf(hook.Rule) is { } context)
                    hook.Action(node, context);
            }
        }
        return true;
    }
}
