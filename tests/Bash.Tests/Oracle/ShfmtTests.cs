using System.Globalization;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>Our trees beside those of shfmt 3.6, node for node by kind and bytes.</summary>
public sealed class ShfmtTests
{
    [Fact(Timeout = 120_000)]
    public async Task Trees_of_our_own_files_equal_those_of_shfmt()
    {
        var failures = new List<string>();
        var compared = 0;
        foreach (var path in Corpus.Ours.Where(path => path.StartsWith(Path.Combine(Corpus.Root, "samples"), StringComparison.Ordinal)
            || path.StartsWith(Path.Combine(Corpus.Root, "out"), StringComparison.Ordinal)))
        {
            var (tree, differences) = await CompareAsync(path, TestContext.Current.CancellationToken);
            compared++;
            foreach (var difference in differences.Where(d => KnownDifferences.ReasonOf(d, tree) is null))
                failures.Add($"{path}:{tree.Lines.LineAt(difference.Node.Start)}: {difference}");
        }
        Assert.True(compared >= 10, $"only {compared} files were compared");
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(20)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Trees_of_the_files_of_ProxmoxVE_equal_those_of_shfmt_but_for_the_committed_differences()
    {
        Corpus.RequireUpstream();
        var digests = KnownDifferences.Digests();
        var known = KnownDifferences.Read();
        var failures = new List<string>();
        var nodes = 0;
        var unknown = 0;
        foreach (var path in Corpus.Theirs)
        {
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var content = Shfmt.Hash(bytes);
            if (!digests.TryGetValue(content, out var digest))
            {
                // A file that is newer than the digests: shfmt is asked.
                unknown++;
                var (tree, differences) = await CompareAsync(path, TestContext.Current.CancellationToken);
                failures.AddRange(differences.Where(d => KnownDifferences.ReasonOf(d, tree) is null).Select(d => $"{path}: {d}"));
                continue;
            }
            var ours = Projection.Nodes(BashSyntaxTree.Parse(bytes));
            nodes += ours.Count;
            foreach (var difference in known[content])
            {
                if (!difference.IsOurs)
                    ours.Add(difference.Node);
                else if (!ours.Remove(difference.Node))
                    failures.Add($"{path}: the listed difference {difference} is gone");
            }
            ours.Sort();
            if (Shfmt.Digest(ours) != digest)
                failures.Add($"{path}: the tree is not shfmt's");
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{nodes} nodes compared, {known.Sum(d => d.Count())} listed differences, {unknown} files newer than the digests");
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(20)));
    }

    /// <summary>Writes the digests and the differences anew; run it when ProxmoxVE or the projection changes.</summary>
    [Fact(Explicit = true, Timeout = 600_000)]
    public async Task Accept_the_trees_of_shfmt()
    {
        var upstream = Corpus.RequireUpstream();
        List<string> digests = [], differences = [], unexplained = [];
        foreach (var path in Corpus.Theirs)
        {
            var content = Shfmt.Hash(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            var theirs = await Shfmt.NodesAsync(path, TestContext.Current.CancellationToken);
            Assert.NotNull(theirs);
            var tree = BashSyntaxTree.Parse(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
            digests.Add(string.Create(
                CultureInfo.InvariantCulture, $"{content}\t{theirs.Count}\t{Shfmt.Digest(theirs)}\t{Path.GetRelativePath(upstream, path)}"));
            foreach (var difference in Shfmt.Compare(content, Projection.Nodes(tree), theirs))
            {
                var reason = KnownDifferences.ReasonOf(difference, tree);
                (reason is null ? unexplained : differences).Add($"{difference}\t{reason ?? path}");
            }
        }
        Assert.True(unexplained.Count == 0, string.Join("\n", unexplained.Take(20)));
        await File.WriteAllLinesAsync(KnownDifferences.DigestPath, digests.DistinctBy(line => line[..16]), TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(KnownDifferences.DifferencePath, differences.Distinct(), TestContext.Current.CancellationToken);
    }

    private static async Task<(BashSyntaxTree Tree, List<Difference> Differences)> CompareAsync(string path, CancellationToken cancellation)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellation);
        var tree = BashSyntaxTree.Parse(bytes);
        var theirs = await Shfmt.NodesAsync(path, cancellation);
        Assert.True(theirs is not null, $"shfmt refuses {path}");
        return (tree, Shfmt.Compare(Shfmt.Hash(bytes), Projection.Nodes(tree), theirs));
    }
}
