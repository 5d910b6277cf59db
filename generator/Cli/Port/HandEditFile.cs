using System.Globalization;
using System.Text;
using VmRecovery.Host.Files;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Port;

/// <summary>Where changes go that somebody made by hand inside our regions: next to the script, never lost.</summary>
internal static class HandEditFile
{
    /// <summary>Writes the edited regions.</summary>
    /// <returns>The file, <c>SCRIPT.vmrecovery-edit</c> or, where that is taken, with a number.</returns>
    public static string Keep(string script, PatchOutcome outcome)
    {
        var text = new StringBuilder();
        foreach (var edit in outcome.HandEdits)
        {
            text.Append(CultureInfo.InvariantCulture, $"# region '{edit.Name}', line {edit.Line} of {Path.GetFileName(script)}, as it was edited\n");
            foreach (var line in edit.Lines)
                text.Append(line).Append('\n');
        }
        var content = Encoding.UTF8.GetBytes(text.ToString());
        var file = script + ".vmrecovery-edit";
        for (var i = 2; File.Exists(file) && !File.ReadAllBytes(file).AsSpan().SequenceEqual(content); i++)
            file = string.Create(CultureInfo.InvariantCulture, $"{script}.vmrecovery-edit.{i}");
        AtomicFile.Write(file, content);
        return file;
    }
}
