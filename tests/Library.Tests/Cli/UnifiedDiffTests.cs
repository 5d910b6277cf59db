using CsCheck;
using VmRecovery.Host.Processes;
using VmRecovery.Cli.Output;

namespace VmRecovery.Tests.Text;

public sealed class UnifiedDiffTests
{
    private static readonly string[] Pool = ["a", "b", "", "long line", "  indented"];

    private static readonly Gen<string> Lines =
        Gen.Select(Gen.Int[0, Pool.Length - 1].Select(i => Pool[i]).List[0, 30], Gen.Bool)
            .Select((lines, ends) => string.Join('\n', lines) + (ends && lines.Count > 0 ? "\n" : ""));

    [Fact]
    public void Equal_texts_have_no_difference() => Assert.Equal("", UnifiedDiff.Between("a", "b", "x\n", "x\n"));

    [Fact(Timeout = 60_000)]
    public async Task Patch_turns_the_old_text_into_the_new_one()
    {
        var folder = Directory.CreateTempSubdirectory("vmrecovery-diff").FullName;
        var pairs = new List<(string Before, string After)>();
        Gen.Select(Lines, Lines).Sample((before, after) => pairs.Add((before, after)), iter: 150, threads: 1);
        var script = new System.Text.StringBuilder("set -e\n");
        for (var i = 0; i < pairs.Count; i++)
        {
            await File.WriteAllBytesAsync($"{folder}/{i}.old", System.Text.Encoding.UTF8.GetBytes(pairs[i].Before));
            await File.WriteAllBytesAsync($"{folder}/{i}.new", System.Text.Encoding.UTF8.GetBytes(pairs[i].After));
            var diff = UnifiedDiff.Between("old", "new", pairs[i].Before, pairs[i].After);
            await File.WriteAllBytesAsync($"{folder}/{i}.diff", System.Text.Encoding.UTF8.GetBytes(diff));
        }
        script.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"for ((i = 0; i < {pairs.Count}; i++)); do [[ ! -s $i.diff ]] || patch -s $i.old $i.diff; [[ -f $i.old ]] || : >$i.old; cmp $i.old $i.new; done\n");

        var outcome = await ProcessRunner.RunAsync("bash", ["-c", $"cd '{folder}'\n{script}"]);

        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        Directory.Delete(folder, recursive: true);
    }
}
