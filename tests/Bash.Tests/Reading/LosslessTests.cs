using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Reading;

public sealed class LosslessTests
{
    [Fact(Timeout = 60_000)]
    public async Task Our_own_files_are_read_without_a_problem_and_rebuilt()
    {
        await Task.Yield();
        Assert.True(Corpus.Ours.Count > 30, $"only {Corpus.Ours.Count} shell files were found");
        AssertRead(Corpus.Ours.Where(path => !path.Contains("/fixtures/", StringComparison.Ordinal)), TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 120_000)]
    public async Task The_files_of_ProxmoxVE_are_read_without_a_problem_and_rebuilt()
    {
        Corpus.RequireUpstream();
        await Task.Yield();
        Assert.True(Corpus.Theirs.Count > 1000, $"only {Corpus.Theirs.Count} shell files were found");
        AssertRead(Corpus.Theirs, TestContext.Current.CancellationToken);
    }

    /// <summary>1,000 mutants in the normal run, 100,000 with a checkout of ProxmoxVE.</summary>
    [Fact(Timeout = 600_000)]
    public async Task No_mutant_throws_loses_a_byte_or_breaks_the_nesting()
    {
        await Task.Yield();
        var scripts = (Corpus.Upstream is null ? Corpus.Ours : Corpus.Theirs).Select(File.ReadAllBytes)
            .Where(script => script.Length is > 0 and < 12_000).ToList();
        var failures = new System.Collections.Concurrent.ConcurrentBag<string>();
        var options = new ParallelOptions { CancellationToken = TestContext.Current.CancellationToken };
        Parallel.For(0, Corpus.Upstream is null ? 1_000 : 100_000, options, seed =>
        {
            var mutants = new Mutants((ulong)seed);
            var mutant = mutants.Mutate(scripts[mutants.Next(scripts.Count)], 5);
            if (TreeCheck.Violation(mutant) is { } violation)
                failures.Add($"seed {seed}: {violation}");
        });
        Assert.True(failures.IsEmpty, string.Join("\n", failures.Take(10)));
    }

    private static void AssertRead(IEnumerable<string> paths, CancellationToken cancellation)
    {
        var failures = new List<string>();
        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            var tree = BashSyntaxTree.Parse(File.ReadAllBytes(path));
            if (TreeCheck.Violation(tree) is { } violation)
                failures.Add($"{path}: {violation}");
            foreach (var problem in tree.Problems)
                failures.Add($"{path}:{tree.Lines.LineAt(problem.Span.Start)}: {problem.Message}");
        }
        Assert.True(failures.Count == 0, string.Join("\n", failures.Take(20)));
    }
}
