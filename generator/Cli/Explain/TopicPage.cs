using System.Reflection;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Cli.Explain;

/// <summary>What <c>explain</c> says for the ids of the policy compiler (VMP) and of the patcher (VMS).</summary>
internal static class TopicPage
{
    private const string Resource = "diagnostics.md";

    /// <summary>The page of an id; null for an id of something else.</summary>
    public static string? Of(string id) => OfPatcher(id) ?? OfCompiler(id);

    private static string? OfPatcher(string id)
    {
        if (PortDiagnostics.All.FirstOrDefault(d => d.Id == id) is not { } found)
            return null;
        var why = found.Rationale.Length > 0 ? $"why   {found.Rationale}\n" : "";
        return $"{found.Id} ({found.Name}): {found.Summary}\n{why}do    {found.Help}\n";
    }

    /// <summary>The row of docs/diagnostics.md, which the tool carries along.</summary>
    private static string? OfCompiler(string id)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"the tool was built without {Resource}");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            if (line.StartsWith($"| {id} |", StringComparison.Ordinal))
            {
                var cells = line.Replace(@"\|", "\u0001", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries);
                var example = cells[3].Length > 0 ? $"for example   {cells[3]}\n" : "";
                return $"{id}: {cells[2]}\n{example}".Replace('\u0001', '|');
            }
        return null;
    }
}
