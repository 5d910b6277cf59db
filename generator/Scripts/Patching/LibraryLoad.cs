using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>How and where the recovery part gets into a script.</summary>
/// <param name="Line">The line before which it is loaded.</param>
/// <param name="FetchCommand">A command that prints vm-core.func.</param>
/// <param name="IsThere">The script loads vm-core.func itself (a Gen-2 script).</param>
/// <param name="IsInside">It happens in a function, after everything of the top level was defined.</param>
internal sealed record LibraryLoad(int Line, string FetchCommand, bool IsThere, bool IsInside)
{
    /// <summary>Puts it behind the last library that the script loads over the network, else as late as possible.</summary>
    public static LibraryLoad Find(ShellScript script, CallGraph graph, Level level, int first)
    {
        var own = level.Entry is null ? [] : level.Statements.Take(first).Where(IsLoad).ToList();
        var above = level.Entry is null ? level.Statements.Take(first).Where(IsLoad).ToList() : level.Earlier.Where(IsLoad).ToList();
        List<SyntaxNode> all = [.. above, .. own];
        var isThere = all.Any(l => LibraryAddress.Names(l, "vm-core.func"));
        var sectionLine = level.LineBefore(first, script);
        var fetch = LibraryAddress.FetchCommand(script, all);
        if (isThere && own.Any(l => LibraryAddress.Names(l, "vm-core.func")))
            return new LibraryLoad(script.LineAfter(level.Statements, own[^1]), fetch, isThere, IsInside: true);
        if (above.LastOrDefault(script.Statements.Contains) is { } load)
            return new LibraryLoad(level.Entry is null ? Math.Min(sectionLine, script.LineAfter(script.Statements, load)) : script.LineAfter(script.Statements, load), fetch, isThere, IsInside: false);
        return new LibraryLoad(level.Entry is { } entry ? script.LineOf(entry.Span) : sectionLine, fetch, isThere, IsInside: false);

        bool IsLoad(SyntaxNode s) => s.Child("Cmd") is { Kind: not "Function" }
            && graph.DirectCalls(s).Any(c => c.Name is "source" or ".") && graph.DirectCalls(s).Any(c => c.Name is "curl" or "wget");
    }
}
