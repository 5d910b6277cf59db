using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>Where a patched script gets vm-core.func from: from where it gets its other libraries.</summary>
internal static class LibraryAddress
{
    private const string Default = "https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main";
    private const string Library = "/misc/api.func";

    /// <summary>A command that prints vm-core.func.</summary>
    public static string FetchCommand(ShellScript script, IReadOnlyList<SyntaxNode> libraryLoads)
    {
        foreach (var load in libraryLoads)
        {
            foreach (var call in script.Calls.Where(c => load.Span.Contains(c.Span) && c.Name is "curl" or "wget"))
            {
                var word = call.Words.FirstOrDefault(w => Text(w).EndsWith(Library, StringComparison.Ordinal));
                if (word is not null)
                    return Command(call.Name!, Text(word));
            }
        }
        return Command(script.Calls.Any(c => c.Name == "curl") ? "curl" : "wget", Default + Library);

        string Text(SyntaxNode word) => script.Text.Slice(word.Span).Trim('"', '\'');
    }

    /// <summary>Whether a statement names such a file.</summary>
    public static bool Names(SyntaxNode statement, string file) =>
        statement.DescendantsAndSelf().Any(n => n.Kind == "Literal" && n.Value?.EndsWith("/" + file, StringComparison.Ordinal) == true);

    private static string Command(string program, string address)
    {
        var where = address[..^Library.Length];
        if (!where.Contains('$', StringComparison.Ordinal))
            where = "${COMMUNITY_SCRIPTS_URL:-" + where + "}";
        var fetch = program == "wget" ? "wget -qO-" : "curl -fsSL";
        return $"{fetch} \"{where}/misc/vm-core.func\" 2>/dev/null";
    }
}
