using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>Finds variables that hold text from a guest or the network, and variables that the script tests.</summary>
internal static class ForeignText
{
    /// <summary>The assignments of such text by variable.</summary>
    public static Dictionary<string, List<VariableAssignment>> Find(VmScript script)
    {
        var found = new Dictionary<string, List<VariableAssignment>>(StringComparer.Ordinal);
        foreach (var assignment in script.Assignments)
        {
            if (assignment.Substitution is not { } substitution)
                continue;
            var commands = script.CommandsIn(substitution).ToList();
            if (!commands.Exists(ComesFromOutside) || commands.Exists(GivesNumber))
                continue;
            if (!found.TryGetValue(assignment.Name, out var list))
                found.Add(assignment.Name, list = []);
            list.Add(assignment);
        }
        return found;
    }

    /// <summary>The variables that a pattern, a regular expression or <c>case</c> looks at anywhere.</summary>
    public static HashSet<string> Tested(VmScript script)
    {
        var tested = new HashSet<string>(StringComparer.Ordinal);
        var finder = new Finder(tested);
        finder.Walk(script.Tree.Root);
        return tested;
    }

    private static bool ComesFromOutside(ScriptCommand command) =>
        command.Program switch
        {
            "pct" => command.Verb is "exec" or "pull",
            "qm" => command.Verb is "guest" or "agent",
            "curl" => !command.HasArgument("-w") && !command.HasArgument("--write-out"),
            "wget" or "ssh" or "lxc-attach" => true,
            _ => false,
        };

    private static bool GivesNumber(ScriptCommand command) =>
        command.Program is "wc" or "stat" or "nproc" || command.Program == "grep" && command.HasArgument("-c");

    private sealed class Finder(HashSet<string> tested) : SyntaxWalker
    {
        protected override bool Enter(SyntaxNode node)
        {
            if (node is BinaryTest { Operator: "=~" } test)
                Add(test.Left);
            else if (node is CaseCommand choice)
                Add(choice.Subject);
            return true;
        }

        private void Add(Word word)
        {
            foreach (var name in WordText.Variables(word))
                tested.Add(name);
        }
    }
}
