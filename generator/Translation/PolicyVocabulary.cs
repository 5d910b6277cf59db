using System.Text;
using Microsoft.CodeAnalysis;

namespace VmRecovery.Translation;

/// <summary>What the policy's attributes say about its symbols.</summary>
internal static class PolicyVocabulary
{
    /// <summary>The attribute of that name, without its suffix.</summary>
    public static AttributeData? Attribute(this ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Name == $"{name}Attribute");

    /// <summary>The first argument of the attribute, as text.</summary>
    public static string? AttributeText(this ISymbol symbol, string name, int argument = 0) =>
        symbol.Attribute(name)?.ConstructorArguments.ElementAtOrDefault(argument).Value as string;

    /// <summary>The shell variable that holds a property.</summary>
    public static string? BashVariable(this ISymbol symbol) => symbol.AttributeText("BashVariable");

    /// <summary>The id of an enum member.</summary>
    public static string? Id(this ISymbol symbol) => symbol.AttributeText("Id");

    /// <summary>Whether values of the type live in shell variables rather than in parameters.</summary>
    public static bool IsScope(this ITypeSymbol type) =>
        type.GetMembers().Any(member => member is IPropertySymbol && member.BashVariable() is not null);

    /// <summary>Whether calls on the type become commands.</summary>
    public static bool IsCommands(this ITypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && type.GetMembers().Any(member => member.Attribute("BashCommand") is not null);

    /// <summary><c>ImageToolIsShort</c> as <c>image_tool_is_short</c>.</summary>
    public static string SnakeCase(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && snake.Length > 0)
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(c));
        }
        return snake.ToString();
    }

    /// <summary>The docstring's first sentence block, as plain lines.</summary>
    public static string Summary(this ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml(System.Globalization.CultureInfo.InvariantCulture);
        if (string.IsNullOrEmpty(xml))
            return "";
        var summary = System.Xml.Linq.XElement.Parse(xml.StartsWith("<member", StringComparison.Ordinal) ? xml : $"<doc>{xml}</doc>").Element("summary");
        if (summary is null)
            return "";
        foreach (var reference in summary.Descendants("see").ToList())
            reference.ReplaceWith(((string?)reference.Attribute("cref"))?.Split('.', ':')[^1] ?? "");
        return string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
