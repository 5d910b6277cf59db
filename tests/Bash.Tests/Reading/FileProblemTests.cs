using System.Text;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Reading;

public sealed class FileProblemTests
{
    public static TheoryData<byte[], string> Files => new()
    {
        { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("echo a\n")).ToArray(), "UTF-16" },
        { Encoding.Unicode.GetBytes("echo a\n"), "NUL" },
        { [.. "echo a\0b\n"u8], "NUL" },
        { [.. "echo a\recho b\r"u8], "carriage returns" },
        { Encoding.UTF8.GetBytes(new string('(', 5_000)), "levels deep" },
        { Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("if a; then ", 1_000)) + string.Concat(Enumerable.Repeat("fi; ", 1_000))), "levels deep" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_that_is_no_script_has_one_clear_problem(byte[] file, string words)
    {
        var tree = BashSyntaxTree.Parse(file);
        var problem = Assert.Single(tree.Problems);
        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.Hint);
        Assert.Null(TreeCheck.Violation(tree));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("# only a comment")]
    [InlineData("\uFEFF#!/bin/bash\necho a\n")]
    [InlineData("echo a")]
    public void Small_files_have_no_problem(string script)
    {
        var tree = BashSyntaxTree.Parse(script);
        Assert.Empty(tree.Problems);
        Assert.Null(TreeCheck.Violation(tree));
    }
}
