using System.Collections.Immutable;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace VmRecovery.Compiler.Translation;

/// <summary>The comment above a generated function: what the C# member says about itself, and its name.</summary>
internal static class DocComment
{
    private const int Width = 98;

    /// <summary>The lines, without <c>#</c>.</summary>
    public static ImmutableArray<string> Of(ISymbol member)
    {
        var origin = $"({Name(member)})";
        return [.. Wrap(Summary(member)), origin];
    }

    /// <summary>The file that a maintainer edits.</summary>
    public static string Origin(ISymbol member) => $"({member.Locations[0].SourceTree!.FilePath})";

    /// <summary>How the member is called in messages: <c>Type.Member</c>.</summary>
    public static string Name(ISymbol member) => $"{member.ContainingType.Name}.{member.Name}";

    /// <summary>The summary as one line of plain text; empty without one.</summary>
    private static string Summary(ISymbol member)
    {
        var xml = member.GetDocumentationCommentXml();
        if (string.IsNullOrWhiteSpace(xml))
            return "";
        try
        {
            var summary = XElement.Parse(xml).Descendants("summary").FirstOrDefault();
            var text = new StringBuilder();
            foreach (var node in summary?.DescendantNodes() ?? [])
                text.Append(node switch
                {
                    XText words => words.Value,
                    XElement { IsEmpty: true } reference => Reference(reference),
                    _ => "",
                });
            return string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        catch (XmlException)
        {
            // The C# compiler warns about a comment that is no XML; it is no reason to give up.
            return "";
        }
    }

    private static string Reference(XElement element)
    {
        var target = (element.Attribute("cref") ?? element.Attribute("name") ?? element.Attribute("langword"))?.Value ?? "";
        target = target.Split('(')[0];
        return target[(target.LastIndexOfAny(['.', ':']) + 1)..];
    }

    private static IEnumerable<string> Wrap(string text)
    {
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > Width)
            {
                yield return line.ToString();
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(word);
        }
        if (line.Length > 0)
            yield return line.ToString();
    }
}
