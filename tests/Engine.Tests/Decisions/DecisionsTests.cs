using System.Collections.Immutable;
using System.Globalization;
using VmRecovery.Model.Commands;
using VmRecovery.Model.Flow;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;
using VmRecovery.Model.Secrets;
using VmRecovery.Model.Settings;

namespace VmRecovery.Engine.Tests.Decisions;

/// <summary>Every line of <c>decisions.txt</c>.</summary>
public sealed class DecisionsTests
{
    private static readonly ImmutableArray<string> Options = ["retry", "keep", "abort", "other-vmid", "destroy-existing"];

    public static TheoryData<string> Lines =>
        [.. File.ReadLines(Sandbox.RunInSandbox.Cases("Decisions", "decisions.txt")[0]).Where(l => l.Length > 0 && l[0] != '#')];

    [Theory]
    [MemberData(nameof(Lines))]
    public void The_policy_says_what_the_line_says(string line)
    {
        var (question, expected) = line.Split(" =>") is [var left, var right] ? (left, right.Trim()) : throw new InvalidDataException(line);
        var (topic, rest) = question.Split(' ', 2) is [var first, var behind] ? (first, behind) : (question, "");
        var parts = rest.Split('|').Select(p => p.Trim()).ToArray();
        var answer = topic switch
        {
            "kind" => Kind(Call(rest)),
            "failed" => Failed(new CommandResult(Call(parts[0]), Number(parts[1]), "", parts[2])),
            "fetch" => FetchCall.Read(Words(rest)) is var fetch ? $"{fetch.Target} | {fetch.Url} | {fetch.CanBeKept}".Trim() : "",
            "less" => DiskSize.Parse(rest)?.Less.Print() ?? "no size",
            "memory" => Memory.CanBeLess(Number(rest)) ? Memory.Less(Number(rest)).ToString(CultureInfo.InvariantCulture) : "no less",
            "replace" => string.Join(' ', Replacement(parts[0], parts[1]).Apply(Call(parts[2]))),
            "removal" => rest.Split(' ').Select(bool.Parse).ToArray() is [var a, var b, var c, var d, var e] ? Removal(new RemovalRequest(a, b, c, d, e)) : "",
            "machine" => Machine(parts).IsOurs.ToString(),
            "answers" => Answers.Parse(parts[0], Options) is (var answers, var complaint)
                ? answers?.For(Number(parts[1]), [.. parts[2].Split(' ')]) ?? complaint + " is no option" : "",
            "secret" => Redaction.OfCommand(Words(rest)),
            _ => throw new InvalidDataException($"'{topic}' is no topic"),
        };
        Assert.Equal(expected, answer);
    }

    [Fact]
    public void Every_word_of_a_journal_is_read_back()
    {
        foreach (var word in Enum.GetValues<JournalWord>().Where(w => w != JournalWord.Unknown))
            Assert.Equal(new JournalEntry(word, "100 a b"), JournalEntry.Parse(new JournalEntry(word, "100 a b").Print()));
    }

    [Fact]
    public void A_value_cannot_begin_a_line_of_its_own()
    {
        var journal = JournalEntries.Empty.With(JournalWord.Creating, "100 a\nvm\t105");
        Assert.Single(journal.Lines);
        Assert.False(JournalEntries.Parse(journal.Lines[0].Print() + "\n").Machine("105").Made);
    }

    [Fact]
    public void A_line_that_was_cut_off_says_nothing() => Assert.Equal(JournalWord.Unknown, JournalEntry.Parse("vol").Word);

    private static string Kind(CommandCall call) => $"{call.Kind} | {call.Verb} | {call.Vmid}".Trim();

    private static string Removal(RemovalRequest request) => request.IsHeldBack ? "later" : request.IsAllowed ? "now" : "no";

    private static string Failed(CommandResult result) => $"{result.Failed} {result.StatusForCaller}";

    private static MachineFacts Machine(string[] parts)
    {
        var journal = JournalEntries.Parse(string.Join('\n', parts[0].Split(';').Select(l => string.Join('\t', l.Split(' ', 2)))));
        var flags = parts[2].Split(' ').Select(bool.Parse).ToArray();
        return new MachineFacts("100", journal.Machine("100"), new MachineConfig(parts[1].Replace(';', '\n')), flags[0], flags[1]);
    }

    private static Replacement Replacement(string setting, string before)
    {
        var value = setting.Split('=')[1];
        var none = new Replacement(ObservedSettings.None.After(Call(before)));
        return setting.Split('=')[0] switch
        {
            "vmid" => none with { Vmid = value },
            "memory" => none with { Memory = Number(value) },
            "cores" => none with { Cores = Number(value) },
            "disk" => none with { Disk = DiskSize.Parse(value) },
            _ => none with { Storage = value.Split(':')[0], StorageHasFiles = value.EndsWith(":files", StringComparison.Ordinal) },
        };
    }

    private static CommandCall Call(string line) => CommandCall.Read(Words(line));

    private static ImmutableArray<string> Words(string line) => [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
