using System.Runtime.CompilerServices;

namespace VmRecovery.Tests.Patching;

/// <summary>Scripts on disk: our own, one folder each, and the project's samples.</summary>
internal static class Fixtures
{
    public static string Folder { get; } = Path.Combine(Here(), "fixtures");

    public static string Samples { get; } = Path.GetFullPath(Path.Combine(Here(), "../../../samples/vm"));

    public static TheoryData<string> Names(string kind) => new(All(kind));

    public static IEnumerable<string> All(string kind) =>
        Directory.GetDirectories(Path.Combine(Folder, kind)).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    public static byte[] Input(string kind, string name) => File.ReadAllBytes(Path.Combine(Folder, kind, name, "input.sh"));

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
