using System.Collections.Immutable;
using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;

namespace VmRecovery.Cli.Generate;

/// <summary>Everything that the output depends on, read once.</summary>
internal sealed record GenerationInputs(
    ImmutableArray<SourceFile> Policy,
    ImmutableArray<SourceFile> Templates,
    ImmutableArray<SourceFile> Scripts)
{
    /// <summary>All of them, in the order in which they are hashed.</summary>
    public ImmutableArray<HashedInput> All { get; } =
        [.. Policy.Concat(Templates).Select(HashedInput.Of), .. Scripts.Select(HashedInput.WithoutPatch)];

    /// <summary>Hash of policy and templates: what the library is made of.</summary>
    public string LibrarySha256 => HashedInput.HashOf(All.Take(Policy.Length + Templates.Length));

    /// <summary>Hash of everything.</summary>
    public string Sha256 => HashedInput.HashOf(All);

    /// <summary>Reads the inputs of a request.</summary>
    /// <exception cref="ToolException">Something can't be read, or there is no policy.</exception>
    public static GenerationInputs Read(GenerateRequest request)
    {
        var policy = SourceTree.Read(request.PolicyFolder, request.PolicyLabel, ".cs");
        if (policy.IsEmpty)
            throw ToolException.Input($"{request.PolicyFolder}: no policy there; expected a folder with C# files such as recovery-model/");
        return new GenerationInputs(
            policy,
            SourceTree.Read(request.TemplatesFolder, "templates", ".sbn", ".bash"),
            [.. request.Scripts.SelectMany(ReadScripts)]);
    }

    private static IEnumerable<SourceFile> ReadScripts(string path)
    {
        if (Directory.Exists(path))
        {
            var vm = Path.Combine(path, "vm");
            var scripts = SourceTree.Read(Directory.Exists(vm) ? vm : path, "vm", ".sh");
            return scripts.IsEmpty
                ? throw ToolException.Input($"{path}: no scripts there; expected a ProxmoxVE checkout or a folder with .sh files")
                : scripts;
        }
        try
        {
            return [new SourceFile($"vm/{Path.GetFileName(path)}", File.ReadAllBytes(path))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Input($"{path}: cannot be read ({e.Message.TrimEnd('.')}); expected a script or a checkout");
        }
    }
}
