using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace VmRecovery.Cli.Generate;

/// <summary>One comment of <c>shellcheck --format=json</c>.</summary>
internal sealed record ShellCheckComment(
    [property: JsonPropertyName("line")] int Line,
    [property: JsonPropertyName("column")] int Column,
    [property: JsonPropertyName("code")] int Code,
    [property: JsonPropertyName("message")] string Message);

/// <summary>Source-generated JSON of the ShellCheck comments.</summary>
[JsonSerializable(typeof(ImmutableArray<ShellCheckComment>))]
internal sealed partial class ShellCheckJsonContext : JsonSerializerContext;
