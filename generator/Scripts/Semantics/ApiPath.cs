using System.Text;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>The shape of a path of Proxmox VE's API as <c>pvesh</c> gets it.</summary>
internal static class ApiPath
{
    /// <summary>
    /// Returns the path with <c>*</c> for the names of nodes and storages and for numbers, whether they are constant or
    /// expanded: <c>/nodes/*/qemu/*/config</c>.
    /// </summary>
    public static string Of(Word word)
    {
        var text = new StringBuilder();
        Append(text, word.Parts);
        var segments = text.ToString().Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < segments.Length; i++)
        {
            if (
                i > 0 && segments[i - 1] is "nodes" or "qemu" or "storage" or "content"
                || segments[i].Contains('\0', StringComparison.Ordinal)
            )
                segments[i] = "*";
        }
        return "/" + string.Join('/', segments);
    }

    private static void Append(StringBuilder text, IEnumerable<WordPart> parts)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Literal literal:
                    text.Append(literal.Value);
                    break;
                case SingleQuoted quoted:
                    text.Append(quoted.Value);
                    break;
                case DoubleQuoted quoted:
                    Append(text, quoted.Parts);
                    break;
                default:
                    text.Append('\0');
                    break;
            }
        }
    }
}
