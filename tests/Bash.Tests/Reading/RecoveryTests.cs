using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Reading;

/// <summary>The share of commands that are still found at their place when one closer or quote is missing.</summary>
public sealed class RecoveryTests
{
    /// <summary>Closers, and the least median over 300 scripts (own scripts: fewer) with one of them removed.</summary>
    [Theory(Timeout = 120_000)]
    [InlineData("\"", 0.98)]
    [InlineData("'", 0.98)]
    [InlineData(")", 0.98)]
    [InlineData("}", 0.98)]
    [InlineData("]]", 0.95)]
    [InlineData("fi", 0.98)]
    [InlineData("done", 0.98)]
    [InlineData("esac", 0.98)]
    [InlineData("then", 0.98)]
    [InlineData("do", 0.98)]
    [InlineData("here-document end", 0.95)]
    public async Task Most_commands_are_found_when_a_closer_is_missing(string closer, double least)
    {
        await Task.Yield();
        var shares = new List<double>();
        var seed = 0UL;
        foreach (var path in Corpus.Upstream is null ? Corpus.Ours : Corpus.Theirs.Where((_, index) => index % 4 == 0))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var script = File.ReadAllBytes(path);
            if (script.Length < 60_000 && ShareWithout(closer, script, new Mutants(++seed)) is { } share)
                shares.Add(share);
        }
        Assert.True(shares.Count >= 5, $"only {shares.Count} scripts have {closer}");
        shares.Sort();
        var median = shares[shares.Count / 2];
        TestContext.Current.TestOutputHelper!.WriteLine($"{closer}: median {median:P1}, mean {shares.Average():P1}, lowest tenth {shares[shares.Count / 10]:P1}, {shares.Count} scripts");
        Assert.True(median >= least, $"{closer}: median {median:P1}");
    }

    private static double? ShareWithout(string closer, byte[] script, Mutants random)
    {
        var tree = BashSyntaxTree.Parse(script);
        var candidates = tree.Tokens.Where(token => closer == "here-document end"
            ? token.Kind == TokenKind.HereDocumentEnd
            : token.Kind is TokenKind.Quote or TokenKind.Operator or TokenKind.Keyword && tree.Text(token.Span) == closer).ToList();
        var commands = Commands(tree);
        if (!tree.Problems.IsEmpty || candidates.Count == 0 || commands.Count < 5)
            return null;
        var removed = candidates[random.Next(candidates.Count)].Span;
        var damaged = BashSyntaxTree.Parse((byte[])[.. script[..removed.Start], .. script[removed.End..]]);
        // Some scripts are still right, with another meaning: a quote in the text of a here-document, say.
        if (damaged.Problems.IsEmpty)
            return null;
        var found = Commands(damaged);
        return (double)commands.Count(command => found.Contains((Moved(command.Start), command.Name))) / commands.Count;

        int Moved(int start) => start < removed.End ? start : start - removed.Length;
    }

    private static HashSet<(int Start, string Name)> Commands(BashSyntaxTree tree) => [.. tree.Root.DescendantsAndSelf()
        .OfType<SimpleCommand>().Where(command => command.Name is not null).Select(command => (command.Words[0].Span.Start, command.Name!))];
}
