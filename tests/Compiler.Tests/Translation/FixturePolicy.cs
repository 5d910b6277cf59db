using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VmRecovery.Diagnostics;

namespace VmRecovery.Tests.Translation;

/// <summary>
/// The translator's fixtures: each adds one file to a policy that is as small as a policy can be. A first line
/// <c>// in place of NAME.cs</c> leaves that file of the small policy out.
/// </summary>
internal static class FixturePolicy
{
    public const string Input = "input.cs";

    private const string Replaces = "// in place of ";

    private static readonly ImmutableArray<SourceFile> Vocabulary =
    [
        .. ShippedPolicy.Sources().Where(s => s.Path is "recovery-model/Failure.cs" or "recovery-model/LogText.cs"
            or "recovery-model/Language/Attributes.cs" or "recovery-model/Menu/Situation.cs" or "recovery-model/Cleanup/INode.cs"
            or "recovery-model/Menu/Facts.cs" or "recovery-model/Causes/Cause.cs" or "recovery-model/Causes/Reason.cs"),
    ];

    public static string Folder { get; } = Path.Combine(Here(), "fixtures");

    public static TheoryData<string> Names(string kind) => new(All(kind));

    public static IEnumerable<string> All(string kind) =>
        Directory.GetDirectories(Path.Combine(Folder, kind)).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    /// <summary>The small policy with the fixture's file.</summary>
    public static ImmutableArray<SourceFile> Sources(string kind, string name)
    {
        var input = new SourceFile(Input, File.ReadAllBytes(Path.Combine(Folder, kind, name, Input)));
        var first = input.Text.Split('\n')[0];
        var without = first.StartsWith(Replaces, StringComparison.Ordinal) ? first[Replaces.Length..] : null;
        return [.. Vocabulary, .. Base().Where(s => s.Path != without), input];
    }

    /// <summary>The small policy alone.</summary>
    public static ImmutableArray<SourceFile> Small() => [.. Vocabulary, .. Base()];

    /// <summary>Compares with the file beside the fixture; <c>VMRECOVERY_UPDATE_FIXTURES=1</c> writes it.</summary>
    public static void AssertExpected(string kind, string name, string file, string actual)
    {
        var path = Path.Combine(Folder, kind, name, file);
        if (Environment.GetEnvironmentVariable("VMRECOVERY_UPDATE_FIXTURES") is "1")
            File.WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(actual));
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static IEnumerable<SourceFile> Base() =>
        Directory.GetFiles(Path.Combine(Folder, "base"), "*.cs").Select(f => new SourceFile(Path.GetFileName(f), File.ReadAllBytes(f)));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
