using System.Collections.Concurrent;
using System.Text;
using VmRecovery.Bash.Syntax;
using VmRecovery.Host.Processes;

namespace VmRecovery.Bash.Tests.Agreement;

/// <summary>Acceptance by <c>bash -n</c> with empty stderr beside acceptance by our reader, both ways.</summary>
public sealed class AgreementTests
{
    /// <summary>200 mutants of our own scripts in the normal run, 3,000 of ProxmoxVE's with a checkout.</summary>
    [Fact(Timeout = 300_000)]
    public async Task Mutants_are_accepted_and_rejected_as_by_bash()
    {
        var scripts = (Corpus.Upstream is null ? Corpus.Ours : Corpus.Theirs).Select(File.ReadAllBytes)
            .Where(script => script.Length is > 0 and < 20_000).ToList();
        var mutants = Enumerable.Range(0, Corpus.Upstream is null ? 200 : 3_000).Select(seed =>
        {
            var random = new Mutants((ulong)(seed + 1_000_000));
            return ($"seed {seed}", random.Mutate(scripts[random.Next(scripts.Count)], 1));
        });
        await AssertAgreesAsync(mutants, 0.96, TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_sample_of_the_history_of_ProxmoxVE_is_accepted_and_rejected_as_by_bash()
    {
        var upstream = Corpus.RequireUpstream();
        var log = await ProcessRunner.RunAsync(
            "git",
            ["-C", upstream, "log", "--format=", "--raw", "--no-abbrev", "--first-parent", "-m", "--", "*.sh", "*.func"],
            cancellation: TestContext.Current.CancellationToken);
        var blobs = log.Output.Split('\n').Select(line => line.Split(' ')).Where(fields => fields.Length > 3)
            .Select(fields => fields[3]).Where(id => id.Trim('0').Length > 0).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.True(blobs.Count > 1_200, $"the history has only {blobs.Count} versions of shell files");
        var versions = new List<(string, byte[])>();
        for (var i = 0; i < 1_200; i++)
        {
            var id = blobs[(int)((long)i * blobs.Count / 1_200)];
            var blob = await ProcessRunner.RunBytesAsync(
                "git", ["-C", upstream, "cat-file", "blob", id], [], cancellation: TestContext.Current.CancellationToken);
            versions.Add((id, blob.Output));
        }
        await AssertAgreesAsync(versions, 0.99, TestContext.Current.CancellationToken);
    }

    private static async Task AssertAgreesAsync(IEnumerable<(string Name, byte[] Script)> scripts, double least, CancellationToken cancelled)
    {
        var folder = Directory.CreateTempSubdirectory("bash-agreement").FullName;
        var failures = new ConcurrentBag<string>();
        var classes = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        int agreed = 0, all = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancelled };
        await Parallel.ForEachAsync(scripts, options, async (item, cancellation) =>
        {
            var tree = BashSyntaxTree.Parse(item.Script);
            var path = Path.Combine(folder, item.Name.Replace(' ', '-'));
            await File.WriteAllBytesAsync(path, item.Script, cancellation);
            var isAccepted = await BashCheck.AcceptsAsync(path, cancellation);
            File.Delete(path);
            Interlocked.Increment(ref all);
            if (isAccepted == tree.Problems.IsEmpty)
            {
                Interlocked.Increment(ref agreed);
                return;
            }
            var found = isAccepted ? Disagreement.OfRejected(tree) : Disagreement.OfAccepted(Encoding.Latin1.GetString(item.Script));
            if (found is null)
                failures.Add($"{item.Name}: bash {(isAccepted ? "accepts" : "rejects")}; ours: {tree.Problems.FirstOrDefault()?.Message ?? "nothing"}");
            classes.AddOrUpdate(found ?? "none", 1, (_, count) => count + 1);
        });
        Directory.Delete(folder, recursive: true);
        var shown = string.Join(", ", classes.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}: {c.Value}"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{agreed} of {all} agree; {shown}");
        Assert.True(failures.IsEmpty, string.Join("\n", failures.Take(20)));
        Assert.True(agreed >= least * all, $"only {agreed} of {all} agree; {shown}");
    }
}
