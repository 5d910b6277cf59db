namespace VmRecovery.Tests;

/// <summary>Where the files of this repository are.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string Library => Path.Combine(Root, "out", "misc", "vm-core.func");

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "VmRecovery.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("No VmRecovery.sln above the tests' output.");
    }
}
