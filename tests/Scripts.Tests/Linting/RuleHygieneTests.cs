using Mono.Cecil;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Tests.Linting;

public class RuleHygieneTests
{
    /// <summary>Members that walk trees or search the text of a script.</summary>
    private static readonly string[] Forbidden =
    [
        "VmRecovery.Bash.Syntax.SyntaxWalker",
        "VmRecovery.Bash.Syntax.SyntaxNode::DescendantsAndSelf",
        "VmRecovery.Bash.Syntax.SyntaxNode::get_Children",
        "VmRecovery.Bash.Syntax.BashSyntaxTree::get_Source",
        "VmRecovery.Bash.Syntax.BashSyntaxTree::Parse",
        "VmRecovery.Diagnostics.SourceFile::get_Content",
        "VmRecovery.Diagnostics.SourceFile::get_Text",
        "System.Text.RegularExpressions",
    ];

    [Fact]
    public void Rules_neither_walk_trees_nor_search_text()
    {
        using var assembly = ModuleDefinition.ReadModule(typeof(LintRule).Assembly.Location);
        var rules = assembly
            .GetTypes()
            .Where(t => Outermost(t).Namespace == "VmRecovery.Scripts.Linting.Rules")
            .ToList();

        var broken =
            from type in rules
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            where instruction.Operand is MemberReference
            let member = ((MemberReference)instruction.Operand).FullName
            where Forbidden.Any(f => member.Contains(f, StringComparison.Ordinal))
            select $"{method.FullName} uses {member}";

        Assert.True(rules.Count >= RuleSet.All.Length);
        Assert.Empty(broken);
    }

    private static TypeDefinition Outermost(TypeDefinition type) =>
        type.DeclaringType is { } outer ? Outermost(outer) : type;
}
