using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The way and the place in which the recovery part gets into a script.</summary>
/// <param name="Line">The line before which it is loaded.</param>
/// <param name="FetchCommand">A command that prints vm-core.func.</param>
/// <param name="IsThere">The script loads vm-core.func itself (a Gen-2 script).</param>
/// <param name="IsInside">It happens in a function, after everything of the top level was defined.</param>
internal sealed record LibraryLoad(int Line, string FetchCommand, bool IsThere, bool IsInside)
{
    /// <summary>Places it after the last library that the script loads over the network, else as late as possible.</summary>
    public static LibraryLoad Find(VmScript script, CallGraph graph, ScriptLines lines, StatementList list, int first)
    {
        var own = list.Entry is null ? [] : list.Statements.Take(first).Where(IsLoad).ToList();
        var above = (list.Entry is null ? list.Statements.Take(first) : list.Earlier).Where(IsLoad).ToList();
        List<Statement> all = [.. above, .. own];
        var isThere = all.Any(NamesLibrary);
        var sectionLine = list.LineBefore(first, lines);
        var fetch = LibraryAddress.FetchCommand(script, all);
        if (isThere && own.Any(NamesLibrary))
            return new LibraryLoad(lines.After(list.Statements, own[^1]), fetch, isThere, IsInside: true);
        var top = script.Tree.Root.Statements;
        if (above.LastOrDefault(s => top.Contains(s)) is { } load)
        {
            var after = lines.After(top, load);
            return new LibraryLoad(list.Entry is null ? Math.Min(sectionLine, after) : after, fetch, isThere, IsInside: false);
        }
        var line = list.Entry is { } entry ? lines.First(entry) : sectionLine;
        return new LibraryLoad(line, fetch, isThere, IsInside: false);

        static bool NamesLibrary(Statement statement) => LibraryAddress.Names(statement, "vm-core.func");

        bool IsLoad(Statement statement) => statement.Command is not FunctionDefinition
            && graph.DirectCommands(statement).Any(c => c.Program is "source" or ".")
            && graph.DirectCommands(statement).Any(c => c.Program is "curl" or "wget");
    }
}
