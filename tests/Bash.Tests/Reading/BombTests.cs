using System.Diagnostics;
using System.Text;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Reading;

/// <summary>Inputs that make careless readers quadratic, exponential or overflow their stack.</summary>
public sealed class BombTests
{
    public static TheoryData<string, string, string> Bombs => new()
    {
        // One repeated unit, what stands before and after.
        { "(", "", "" }, { "((", "", "" }, { "$(", "", "" }, { "$((", "", "" }, { "${a[", "", "" }, { "@(", "echo ", "" },
        { "\"$(", "", "" }, { "`", "", "" }, { "{ ", "", "" }, { "[[ ( ", "", "" }, { "! ", "", "" }, { "time ", "", "" },
        { "if a; then ", "", "" }, { "while a; do ", "", "" }, { "case a in a) ", "", "" }, { "f() ", "", "" },
        { "${x:-", "", "" }, { "$[", "", "" }, { "<(", "cat ", "" }, { "a=(", "", "" }, { "coproc ", "", "" }, { "function f ", "", "" },
        { " && a", "a", "" }, { " | a", "a", "" }, { "+1", "echo $((1", "))" }, { "**1", "echo $((1", "))" }, { "-", "echo $((", "1))" },
        { "?1:1", "echo $((1", "))" }, { "=a", "((a", "))" }, { ",1", "((1", "))" }, { " && a", "[[ a", " ]]" }, { "! ", "[[ ", "a ]]" },
        { "<<E ", "cat ", "\n" }, { "cat <<E\n$(", "", "" }, { "a[", "", "" }, { "[x", "a=(", ")" }, { "(", "[[ a =~ ", " ]]" },
        { "'", "echo ", "" }, { "\\`", "echo `", "`" }, { "{a,", "echo ", "" }, { "x=", "", "" }, { "\\\n", "echo ", "" }, { ";;", "", "" },
        { "$(cat <<E\n", "", "" }, { "} ", "", "" }, { "\"${x//\"", "", "" }, { ") ", "", "" }, { "# \n", "", "" }, { "echo \"a\nb\" ", "", "\"" },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_takes_linear_time(string unit, string before, string after)
    {
        await Task.Yield();
        var small = Encoding.UTF8.GetBytes(before + Repeat(unit, 20_000) + after);
        var large = Encoding.UTF8.GetBytes(before + Repeat(unit, 160_000) + after);
        Assert.Null(TreeCheck.Violation(small));
        Assert.Null(TreeCheck.Violation(large));
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var (first, second) = (Time(small), Time(large));
        // Eight times the input. Half a second is for a busy machine; quadratic work would take half a minute.
        Assert.True(second < 8 * first + TimeSpan.FromMilliseconds(500), $"{first.TotalMilliseconds:0.0} ms, then {second.TotalMilliseconds:0.0} ms");
    }

    private static TimeSpan Time(byte[] source)
    {
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 2; run++)
        {
            var watch = Stopwatch.StartNew();
            BashSyntaxTree.Parse(source);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }
        return best;
    }

    private static string Repeat(string unit, int count) => new StringBuilder().Insert(0, unit, count).ToString();
}
