using System.Collections.Immutable;
using System.Text;
using CsCheck;
using VmRecovery.Bash.Printing;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Bash;

/// <summary>bash reads back exactly the text that a word was made of.</summary>
[NeedsProcess]
public sealed class QuotingTests
{
    private const string Marked = "'\"$`\\!*?[]{}()<>|&;#~^=%+-@:, \t\n\r\vabAB01éß\u007f\u0001\u001b";
    private static readonly Gen<string> Texts = Gen.String[Gen.OneOf(Gen.Char[Marked], Gen.Char['\u0001', '\u00ff']), 0, 12];

    [Fact]
    public async Task In_arguments_assignments_and_patterns()
    {
        await Texts.Array[3_000].SampleAsync(ReadBackAsync, iter: 2, threads: 1);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "''")]
    [InlineData("two words", "'two words'")]
    [InlineData("can't", "\"can't\"")]
    [InlineData("it's $5", "\"it's \\$5\"")]
    [InlineData("a\nb", "$'a\\nb'")]
    [InlineData("*", "'*'")]
    [InlineData("~", "'~'")]
    public void As_a_person_would_write_it(string text, string expected)
    {
        Assert.Equal(expected, WordWriter.Argument(Word.Of(text)));
    }

    [Theory]
    [InlineData("if", "'if'")]
    [InlineData("a=b", "'a=b'")]
    [InlineData("qm", "qm")]
    public void A_command_is_neither_a_keyword_nor_an_assignment(string text, string expected)
    {
        Assert.Equal(expected, WordWriter.Command(Word.Of(text)));
    }

    private static async Task ReadBackAsync(string[] texts)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        var show = new Func<Word, Statement>(word => new SimpleCommand([Word.Of("printf"), Word.Of("%s\\0"), word]));
        foreach (var text in texts)
        {
            var word = Word.Of(text);
            statements.Add(show(word));
            statements.Add(new Assign(new Binding("v", word)));
            statements.Add(show(new Word([new PlainText("<"), new Variable("v"), new PlainText("x>")])));
            statements.Add(new Case(Word.Value("v"), [new Arm([word], [show(Word.Of("case"))]), new Arm([new Word([new AnyText()])], [show(Word.Of("other"))])]));
            statements.Add(new If([new Branch(new Like(Word.Value("v"), [word]), [show(Word.Of("test"))])], [show(Word.Of("other"))]));
        }
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(script, Encoding.UTF8.GetBytes(BashWriter.Write(statements.ToImmutable())));
            var outcome = await ProcessRunner.RunAsync("bash", [script]);
            Assert.Equal("", outcome.Error);
            var read = outcome.Output.Split('\0')[..^1];
            var expected = texts.SelectMany(t => new[] { t, $"<{t}x>", "case", "test" }).ToArray();
            Assert.Equal(expected, read);
        }
        finally
        {
            File.Delete(script);
        }
    }
}
