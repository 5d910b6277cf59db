using System.Collections.Immutable;
using System.Text.Json;

namespace VmRecovery.Scripts.Linting.ShellCheck;

/// <summary>
/// One finding as ShellCheck's <c>json1</c> format gives it. Columns count code points from 1; a tab is one.
/// </summary>
internal sealed record ShellCheckComment(
    int Line,
    int EndLine,
    int Column,
    int EndColumn,
    string Level,
    int Code,
    string Message,
    ImmutableArray<ShellCheckReplacement> Replacements
)
{
    /// <summary>Reads the output of a run over several files.</summary>
    /// <returns>The findings by file name; files without findings are missing.</returns>
    /// <exception cref="JsonException">The output is cut short or is none of ShellCheck's.</exception>
    public static Dictionary<string, ImmutableArray<ShellCheckComment>> ReadRun(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var byFile = new Dictionary<string, ImmutableArray<ShellCheckComment>.Builder>(StringComparer.Ordinal);
        foreach (var comment in document.RootElement.GetProperty("comments").EnumerateArray())
        {
            var file = comment.GetProperty("file").GetString()!;
            if (!byFile.TryGetValue(file, out var comments))
                byFile.Add(file, comments = ImmutableArray.CreateBuilder<ShellCheckComment>());
            comments.Add(Read(comment));
        }
        return byFile.ToDictionary(pair => pair.Key, pair => pair.Value.ToImmutable(), StringComparer.Ordinal);
    }

    /// <summary>
    /// Reads the findings of one file as <see cref="Write(ImmutableArray{ShellCheckComment})"/> wrote them.
    /// </summary>
    /// <exception cref="JsonException">The text is damaged.</exception>
    public static ImmutableArray<ShellCheckComment> ReadFile(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    /// <summary>Writes the findings of one file, for the cache.</summary>
    public static byte[] Write(ImmutableArray<ShellCheckComment> comments)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var comment in comments)
                comment.Write(writer);
            writer.WriteEndArray();
        }
        return stream.ToArray();
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line", Line);
        writer.WriteNumber("endLine", EndLine);
        writer.WriteNumber("column", Column);
        writer.WriteNumber("endColumn", EndColumn);
        writer.WriteString("level", Level);
        writer.WriteNumber("code", Code);
        writer.WriteString("message", Message);
        if (!Replacements.IsEmpty)
        {
            writer.WriteStartObject("fix");
            writer.WriteStartArray("replacements");
            foreach (var replacement in Replacements)
                replacement.Write(writer);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static ShellCheckComment Read(JsonElement comment) =>
        new(
            comment.GetProperty("line").GetInt32(),
            comment.GetProperty("endLine").GetInt32(),
            comment.GetProperty("column").GetInt32(),
            comment.GetProperty("endColumn").GetInt32(),
            comment.GetProperty("level").GetString()!,
            comment.GetProperty("code").GetInt32(),
            comment.GetProperty("message").GetString()!,
            comment.TryGetProperty("fix", out var fix) && fix.ValueKind == JsonValueKind.Object
                ? [.. fix.GetProperty("replacements").EnumerateArray().Select(ShellCheckReplacement.Read)]
                : []
        );
}

/// <summary>One replacement of a fix of ShellCheck's.</summary>
internal readonly record struct ShellCheckReplacement(int Line, int EndLine, int Column, int EndColumn, string Text)
{
    internal static ShellCheckReplacement Read(JsonElement replacement) =>
        new(
            replacement.GetProperty("line").GetInt32(),
            replacement.GetProperty("endLine").GetInt32(),
            replacement.GetProperty("column").GetInt32(),
            replacement.GetProperty("endColumn").GetInt32(),
            replacement.GetProperty("replacement").GetString()!
        );

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("line", Line);
        writer.WriteNumber("endLine", EndLine);
        writer.WriteNumber("column", Column);
        writer.WriteNumber("endColumn", EndColumn);
        writer.WriteString("replacement", Text);
        writer.WriteEndObject();
    }
}
