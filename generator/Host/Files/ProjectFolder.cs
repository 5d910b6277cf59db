using VmRecovery.Diagnostics;

namespace VmRecovery.Host.Files;

/// <summary>Where the project's own files lie: policy, templates, samples, out.</summary>
/// <param name="Root">The folder that holds VmRecovery.sln.</param>
internal sealed record ProjectFolder(string Root)
{
    /// <summary>Set by the launcher, whose place is the project's.</summary>
    public const string Variable = "VMRECOVERY_HOME";

    /// <summary>The default policy.</summary>
    public string Policy => Path.Combine(Root, "recovery-model");

    /// <summary>Frames and chapters of generated files.</summary>
    public string Templates => Path.Combine(Root, "templates");

    /// <summary>The scripts that <c>generate</c> patches by default.</summary>
    public string Samples => Path.Combine(Root, "samples");

    /// <summary>Where <c>generate</c> writes by default.</summary>
    public string Out => Path.Combine(Root, "out");

    /// <summary>Files that a build makes and nobody commits.</summary>
    public string Build => Path.Combine(Root, ".build");

    /// <summary>The folder the launcher names, else the nearest one above the tool that holds the solution.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static ProjectFolder Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return new ProjectFolder(Path.GetFullPath(named));
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, "VmRecovery.sln")))
                return new ProjectFolder(folder);
        throw ToolException.Input($"the project folder was not found; start the tool with ./vmrecovery or set {Variable}");
    }
}
