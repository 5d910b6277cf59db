using System.Text;
using VmRecovery.Cli.Port;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Tests.Shell;

[NeedsProcess]
public sealed class ShellReadingTests
{
    [Theory]
    [InlineData("qm create 100\n", "qm create 100")]
    [InlineData("\uFEFFecho ü\nqm create 100\n", "qm create 100")]
    [InlineData("echo ü\r\ncat <<EOF\r\n✔️\r\nEOF\r\nqm create 100\r\n", "qm create 100")]
    [InlineData("if a; then\n  'qm' \"create\" 100\nfi", "'qm' \"create\" 100")]
    [InlineData("f() { X=$(qm create 100 | b); }\n", "qm create 100")]
    public async Task A_call_is_found_at_its_bytes_whatever_stands_before(string script, string text)
    {
        var read = await ReadAsync(script);

        var call = Assert.Single(read.Script!.Calls, c => c.Is("qm", "create"));
        Assert.Equal(text, read.Script.Text.Slice(call.Span));
    }

    [Theory]
    [InlineData("echo\nif true; then\n  echo\n", 2)]
    [InlineData("a=(\n", 1)]
    [InlineData("ok\r\nok\r\nfi\r\n", 3)]
    public async Task A_syntax_error_has_its_line(string script, int line)
    {
        var read = await ReadAsync(script);

        Assert.Null(read.Script);
        Assert.Equal(line, read.Error!.Line);
        Assert.NotEmpty(read.Error.Message);
    }

    [Fact]
    public async Task A_here_document_belongs_to_its_statement()
    {
        var read = await ReadAsync("cat <<A <<-B; x\none\nA\n\ttwo\n\tB\nnext\n");

        Assert.Equal(5, read.Script!.LastLineOf(read.Script.Statements[0]));
        Assert.Equal(6, read.Script.LineOf(read.Script.Statements[2].Span));
    }

    [Fact]
    public async Task Assignments_of_every_kind_are_seen()
    {
        var read = await ReadAsync("A=1\nexport B=2\nC+=(3)\nlocal D=4\nE=5 command\nF[0]=6\n");

        Assert.Equal(["A", "B", "C", "D", "E", "F"], read.Script!.Assignments.Select(a => a.Name));
    }

    [Fact]
    public async Task Text_that_is_not_utf_8_keeps_its_bytes()
    {
        byte[] script = [.. "echo '"u8, 0xE9, .. "'\nqm create 1\n"u8];

        var read = await new ShellTools().ReadAsync(new ScriptText("latin1.sh", script));

        Assert.Equal("qm create 1", read.Script!.Text.Slice(read.Script.Calls[1].Span));
    }

    private static Task<ReadOutcome> ReadAsync(string script) => new ShellTools().ReadAsync(new ScriptText("test.sh", Encoding.UTF8.GetBytes(script)));
}
