using System.Text;
using VmRecovery.Bash.Syntax;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>The address from which a patched script gets vm-core.func: that of its other libraries.</summary>
internal static class LibraryAddress
{
    private const string Default = "https://raw.githubusercontent.com/community-scripts/ProxmoxVE/main";
    private const string Library = "vm-core.func";
    private const string Misc = "/misc";

    /// <summary>Returns a command that prints vm-core.func.</summary>
    public static string FetchCommand(VmScript script, IReadOnlyList<Statement> libraryLoads)
    {
        var fetches = libraryLoads
            .SelectMany(load => script.Commands.Where(c => load.Span.Contains(c.Span) && c.Program is "curl" or "wget"))
            .SelectMany(c => c.Arguments.Select(a => (Program: c.Program!, Address: (a.Node as Word)?.Parts is { } parts ? TextOf(script, parts) : null)))
            .Where(f => f.Address?.EndsWith(".func", StringComparison.Ordinal) == true)
            .ToList();
        if (fetches.Count == 0)
            return Command(script.Commands.Any(c => c.Program == "curl") ? "curl" : "wget", Default + Misc);
        var fetch = fetches.Find(f => f.Address!.EndsWith("/api.func", StringComparison.Ordinal)) is { Address: not null } api ? api : fetches[0];
        return Command(fetch.Program, fetch.Address![..fetch.Address!.LastIndexOf('/')]);
    }

    /// <summary>Whether a statement names such a file.</summary>
    public static bool Names(Statement statement, string file) =>
        statement.DescendantsAndSelf().Any(n => n is Literal literal && literal.Value.EndsWith("/" + file, StringComparison.Ordinal));

    private static string Command(string program, string folder)
    {
        if (!folder.Contains('$', StringComparison.Ordinal) && folder.EndsWith(Misc, StringComparison.Ordinal))
            folder = "${COMMUNITY_SCRIPTS_URL:-" + folder[..^Misc.Length] + "}" + Misc;
        var fetch = program == "wget" ? "wget -qO-" : "curl -fsSL";
        return $"{fetch} \"{folder}/{Library}\" 2>/dev/null";
    }

    // The word as it stands between double quotes; null when it can't stand there.
    private static string? TextOf(VmScript script, IEnumerable<WordPart> parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            switch (part)
            {
                case DoubleQuoted quoted when TextOf(script, quoted.Parts) is { } inner:
                    text.Append(inner);
                    break;
                case Literal literal when literal.Value.IndexOfAny(['"', '`', '\\', '$']) < 0:
                    text.Append(literal.Value);
                    break;
                case SingleQuoted quoted when quoted.Value.IndexOfAny(['"', '`', '\\', '$']) < 0:
                    text.Append(quoted.Value);
                    break;
                case ParameterExpansion expansion when script.Tree.Text(expansion) is var whole && whole.IndexOfAny(['"', '\'', '`']) < 0:
                    text.Append(whole);
                    break;
                default:
                    return null;
            }
        }
        return text.ToString();
    }
}
