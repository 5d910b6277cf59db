using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using VmRecovery.Host.Processes;

namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>Asks shfmt for trees and compares them with ours.</summary>
internal static class Shfmt
{
    /// <summary>The nodes that shfmt finds in a script; null when it refuses the script.</summary>
    public static async Task<List<PlacedNode>?> NodesAsync(string path, CancellationToken cancellation)
    {
        var script = await File.ReadAllBytesAsync(path, cancellation);
        var outcome = await ProcessRunner.RunBytesAsync("shfmt", ["-ln=bash", "--to-json"], script, cancellation: cancellation);
        return outcome.ExitCode == 0 ? ShfmtTree.Nodes(outcome.Output) : null;
    }

    /// <summary>A short hash of a content.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content))[..16];

    /// <summary>A short hash of sorted nodes.</summary>
    public static string Digest(IEnumerable<PlacedNode> nodes)
    {
        var text = new StringBuilder();
        foreach (var node in nodes)
            text.Append(CultureInfo.InvariantCulture, $"{node}\n");
        return Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The nodes that only one of two sorted lists has.</summary>
    public static List<Difference> Compare(string content, List<PlacedNode> ours, List<PlacedNode> theirs)
    {
        var differences = new List<Difference>();
        int i = 0, j = 0;
        while (i < ours.Count || j < theirs.Count)
        {
            var order = i == ours.Count ? 1 : j == theirs.Count ? -1 : ours[i].CompareTo(theirs[j]);
            if (order < 0)
                differences.Add(new Difference(content, true, ours[i++]));
            else if (order > 0)
                differences.Add(new Difference(content, false, theirs[j++]));
            else
                (i, j) = (i + 1, j + 1);
        }
        return differences;
    }
}
