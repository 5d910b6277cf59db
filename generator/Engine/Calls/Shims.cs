using System.Globalization;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Commands;

namespace VmRecovery.Engine.Calls;

/// <summary>The small programs that stand first on the command's PATH, one for each watched program that exists.</summary>
internal static class Shims
{
    private const string Template = "shim.bash";

    /// <summary>Writes them; those that are there already stay.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="programs">The user's PATH.</param>
    public static void Write(RunFolder folder, SearchPath programs)
    {
        var shim = folder.Scratch + "/shim";
        if (!File.Exists(shim))
        {
            Libc.MakeDirectory(folder.Shims, 0b111_000_000);
            File.WriteAllBytes(shim, ByteText.Bytes(Text(folder)));
            File.SetUnixFileMode(shim, (UnixFileMode)0b111_000_000);
        }
        // A script looks for virt-customize with `command -v`: only programs that exist have one.
        foreach (var program in ProgramCall.Watched)
            if (!File.Exists($"{folder.Shims}/{program}") && programs.Find(program) is not null)
                File.CreateSymbolicLink($"{folder.Shims}/{program}", shim);
    }

    private static string Text(RunFolder folder)
    {
        using var stream = typeof(Shims).Assembly.GetManifestResourceStream(Template)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Replace("@RUN@", Quote(folder.Path), StringComparison.Ordinal)
            .Replace("@ENGINE@", Libc.ProcessId().ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@START@", ProcessTable.StartOf("self"), StringComparison.Ordinal)
            .Replace("@HERE@", Quote(folder.Shims), StringComparison.Ordinal);
    }

    private static string Quote(string word) => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
