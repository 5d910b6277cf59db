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
        { "<<E ", "cat ", "\n" + Repeat("a\n\n", 20_000) }, { "cat <<E\n\n", "", "" },
        { "${ ", "", "" }, { "[[ a b ", "", "" }, { "$'", "echo ", "" }, { "a[1 ", "", "" }, { "echo ${x y ", "", "" }, { "$[a b ", "", "" },
        { "$(cat <<E\n", "", "" }, { "} ", "", "" }, { "\"${x//\"", "", "" }, { ") ", "", "" }, { "# \n", "", "" }, { "echo \"a\nb\" ", "", "\"" },
    };

    [Theory(Timeout = 60_000)]
    [MemberData(nameof(Bombs))]
    public async Task A_bomb_takes_linear_time(string unit, string before, string after)
    {
        await Task.Yield();
        var small = Encoding.UTF8.GetBytes(before + Repeat(unit, 10_000) + after);
        var large = Encoding.UTF8.GetBytes(before + Repeat(unit, 160_000) + after);
        Assert.Null(TreeCheck.Violation(small));
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var (first, second) = (Math.Min(Time(small), Time(small)), Time(large));
        // Sixteen times the input, so that quadratic work takes 256 times as long.
        Assert.True(second < 80 * Math.Max(first, 5), $"{first:0.0} ms, then {second:0.0} ms");
    }

    private static double Time(byte[] source)
    {
        var start = ThreadTime.Milliseconds;
        BashSyntaxTree.Parse(source);
        return ThreadTime.Milliseconds - start;
    }

    private static string Repeat(string unit, int count) => new StringBuilder().Insert(0, unit, count).ToString();
}
