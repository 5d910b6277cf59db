using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Generate;

/// <summary>
/// What was generated from what (<c>out/generated.json</c>): by it a changed policy is told from a generated file
/// that somebody edited by hand.
/// </summary>
/// <param name="Version">Version of the tool.</param>
/// <param name="Inputs">SHA-256 of each input, by name.</param>
/// <param name="Outputs">SHA-256 of each generated file, by its path below the output folder.</param>
internal sealed record GenerationLock(
    [property: JsonPropertyName("version")] string Version,
    [property: JsonPropertyName("inputs")] SortedDictionary<string, string> Inputs,
    [property: JsonPropertyName("outputs")] SortedDictionary<string, string> Outputs)
{
    /// <summary>Its name below the output folder.</summary>
    public const string FileName = "generated.json";

    /// <summary>The lock of a set of files.</summary>
    public static GenerationLock For(string version, IEnumerable<HashedInput> inputs, IEnumerable<GeneratedFile> outputs) => new(
        version,
        ByName(inputs.Select(file => (file.Name, file.Sha256))),
        ByName(outputs.Select(file => (file.Path, ContentHash.Of(file.Content)))));

    /// <summary>The file's text: sorted, so that equal locks are equal bytes.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GenerationLockContext.Default.GenerationLock) + "\n";

    /// <summary>Reads a lock; null when there is none or it is none of ours.</summary>
    public static GenerationLock? Read(string outFolder)
    {
        try
        {
            var path = Path.Combine(outFolder, FileName);
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), GenerationLockContext.Default.GenerationLock);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static SortedDictionary<string, string> ByName(IEnumerable<(string Name, string Sha256)> files) =>
        new(files.ToDictionary(file => file.Name, file => file.Sha256), StringComparer.Ordinal);
}

/// <summary>A file to write.</summary>
/// <param name="Path">Below the output folder, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="IsExecutable">Whether its mode is 0755 rather than 0644.</param>
internal sealed record GeneratedFile(string Path, byte[] Content, bool IsExecutable = false)
{
    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);
}

/// <summary>Source-generated JSON of the lock.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(GenerationLock))]
internal sealed partial class GenerationLockContext : JsonSerializerContext;
