using System.Collections.Concurrent;
using CsCheck;
using VmRecovery.Compiler;
using VmRecovery.Diagnostics;
using VmRecovery.Compiler.Loading;
using VmRecovery.Compiler.Translation;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Translation;

/// <summary>Every construct that has a bash equivalent, and every reason to refuse one.</summary>
public sealed class TranslatorFixtureTests
{
    private const int CasesAMethod = 250;

    private static readonly ConcurrentDictionary<string, (PolicyCompilation, TranslatedPolicy)> Once = new(StringComparer.Ordinal);

    public static TheoryData<string> Translated => FixturePolicy.Names("ok");

    public static TheoryData<string> Refused => FixturePolicy.Names("err");

    [Theory]
    [MemberData(nameof(Translated))]
    public void A_construct_becomes_exactly_the_expected_bash(string name)
    {
        var (_, bash) = Translate(name);
        FixturePolicy.AssertExpected("ok", name, "expected.bash", "# shellcheck shell=bash\n" + string.Concat(Own(bash).Select(f => "\n" + f.Text)));
    }

    [NeedsProcess]
    [Theory]
    [MemberData(nameof(Translated))]
    public async Task It_gives_the_same_answers_as_the_bash_made_from_it(string name)
    {
        var (compilation, bash) = Translate(name);
        var both = new FixtureInBothWorlds(compilation, bash);
        Assert.NotEqual(0, both.Count);
        await Gen.ULong.SampleAsync(
            async seed =>
            {
                var cases = both.Cases(seed, CasesAMethod);
                var native = cases.ConvertAll(c => c.Native());
                var answers = await both.BashAsync(cases);
                Assert.Equal(cases.Count, answers.Length);
                for (var i = 0; i < cases.Count; i++)
                    Assert.True(native[i] == answers[i], $"{cases[i]}\nC#:   {native[i]}\nbash: {answers[i]}");
            },
            iter: 1,
            threads: 1);
        // Always the same cases, and many: whether they prove something must not depend on luck.
        foreach (var function in Enumerable.Range(1, 20).SelectMany(seed => both.Cases((ulong)seed, CasesAMethod)).GroupBy(c => c.Function, c => c.Native()))
            Assert.True(function.Distinct().Skip(1).Any() || function.Key.Contains("always", StringComparison.Ordinal),
                $"{function.Key} answers every case alike, which proves nothing");
    }

    [NeedsProcess]
    [Fact]
    public async Task Formatters_and_linters_have_nothing_to_say_about_it()
    {
        string[] files = [.. FixturePolicy.All("ok").Select(name => Path.Combine(FixturePolicy.Folder, "ok", name, "expected.bash"))];
        var format = await ProcessRunner.RunAsync("shfmt", ["-i", "2", "-d", .. files]);
        Assert.Equal("", format.Output + format.Error);
        // The shared variables are assigned by the runtime and read by it.
        var lint = await ProcessRunner.RunAsync("shellcheck", ["--norc", "--exclude=SC2154,SC2034", "--format=gcc", .. files]);
        Assert.Equal("", lint.Output + lint.Error);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_has_no_bash_equivalent_is_refused_at_its_place(string name)
    {
        var refused = Assert.Throws<DiagnosticException>(() => PolicyCompiler.Compile(FixturePolicy.Sources("err", name)));
        using var output = new StringWriter();
        foreach (var diagnostic in refused.Diagnostics)
            DiagnosticPrinter.Print(output, diagnostic);
        FixturePolicy.AssertExpected("err", name, "expected.txt", output.ToString());
    }

    [Fact]
    public void The_small_policy_itself_has_no_finding()
    {
        Assert.NotEmpty(PolicyCompiler.Compile(FixturePolicy.Small()));
    }

    private static (PolicyCompilation Compilation, TranslatedPolicy Bash) Translate(string name) => Once.GetOrAdd(name, _ =>
    {
        var compilation = PolicyCompilation.Create(FixturePolicy.Sources("ok", name));
        Assert.True(compilation.Emit(out var errors) is not null, string.Join('\n', errors));
        var bash = PolicyTranslator.Translate(new PolicyModel(compilation));
        Assert.True(bash.Diagnostics.IsEmpty, string.Join('\n', bash.Diagnostics));
        return (compilation, bash);
    });

    private static IEnumerable<TranslatedFunction> Own(TranslatedPolicy bash) =>
        bash.Functions.Where(f => f.Location.Path == FixturePolicy.Input);
}
