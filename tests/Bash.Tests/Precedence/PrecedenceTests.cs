using VmRecovery.Bash.Tests.Agreement;

namespace VmRecovery.Bash.Tests.Precedence;

/// <summary>Precedence and association in our tree, with bash as the witness: both run every snippet.</summary>
public sealed class PrecedenceTests
{
    private const string Commands = "t() { echo \"$1\"; }\nf() { echo \"$1\"; return 1; }\n";

    public static TheoryData<string> Snippets => [.. File.ReadAllText(Path.Combine(Corpus.Root, "tests/Bash.Tests/Precedence/snippets.txt"))
        .Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(snippet => snippet.Trim('\n'))
        .Where(snippet => !snippet.StartsWith("##", StringComparison.Ordinal))];

    [Theory(Timeout = 20_000)]
    [MemberData(nameof(Snippets))]
    public async Task Our_tree_means_what_bash_does(string snippet)
    {
        var ours = Evaluator.Run(snippet);
        var bash = await BashCheck.RunAsync(Commands + snippet, TestContext.Current.CancellationToken);
        Assert.Equal(bash, ours);
    }

    /// <summary>Every truth value of the operands of every shape of condition.</summary>
    [Theory(Timeout = 20_000)]
    [InlineData("! A && B")]
    [InlineData("! A || B")]
    [InlineData("A && B || C")]
    [InlineData("A || B && C")]
    [InlineData("! A && ! B || C")]
    [InlineData("! ( A && B ) || C")]
    [InlineData("A && ( B || C )")]
    [InlineData("! ! A && B")]
    [InlineData("A || ! B || C")]
    [InlineData("A && B && C || A")]
    [InlineData("! -n A && -z B")]
    [InlineData("-n A || A == B && ! C")]
    [InlineData("A != B && B == C")]
    [InlineData("! A == B || C")]
    public async Task A_condition_means_what_bash_makes_of_it(string shape)
    {
        for (var values = 0; values < 8; values++)
        {
            var condition = shape.Replace("A", Operand(values & 1)).Replace("B", Operand(values & 2)).Replace("C", Operand(values & 4));
            var script = $"if [[ {condition} ]]; then t yes; else t no; fi";
            var bash = await BashCheck.RunAsync(Commands + script, TestContext.Current.CancellationToken);
            Assert.Equal(bash, Evaluator.Run(script));
        }

        static string Operand(int value) => value != 0 ? "x" : "''";
    }
}
