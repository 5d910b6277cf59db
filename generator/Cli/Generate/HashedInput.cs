using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Generate;

/// <summary>An input of a generation, known by its hash.</summary>
/// <param name="Name">Name as shown to users.</param>
/// <param name="Sha256">Hash of the part that the output depends on, in lower-case hexadecimal.</param>
internal sealed record HashedInput(string Name, string Sha256)
{
    /// <summary>Hashes the whole file.</summary>
    public static HashedInput Of(SourceFile file) => new(file.Path, ContentHash.Of(file.Content));

    /// <summary>Hashes a script without our patch: a checkout gives the same hashes before and after it is patched.</summary>
    public static HashedInput WithoutPatch(SourceFile script) =>
        new(script.Path, ContentHash.Of(PatchedText.Split(new ScriptText(script.Path, script.Content)).Original.Raw));

    /// <summary>Returns one hash over many inputs: names and contents, in order.</summary>
    public static string HashOf(IEnumerable<HashedInput> inputs) =>
        ContentHash.Of(string.Join('\n', inputs.Select(input => $"{input.Sha256} {input.Name}")));
}
