using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using VmRecovery.Host.Policy;
using VmRecovery.Host.Processes;
using VmRecovery.Model;
using VmRecovery.Model.Menu;

namespace VmRecovery.Tests.Recovery;

/// <summary>Every class and every cause on a real screen: what happened, what to do, the options in order, nothing cut.</summary>
public sealed partial class WordsOnScreenTests
{
    private sealed record Case(ErrorClass Class, string Cause, Failure Failure);

    [Theory(Timeout = 400_000)]
    [InlineData(80, 24)]
    [InlineData(120, 40)]
    public async Task Every_cause_is_shown_whole_with_advice_and_options(int columns, int rows)
    {
        var folder = Directory.CreateTempSubdirectory("vmrecovery-words-");
        var table = new StringBuilder("| class | cause | what happened | what to do | options |\n|---|---|---|---|---|\n");
        try
        {
            Case[] cases = [.. Cases()];
            await WriteAsync(folder.FullName, cases);
            await ProcessRunner.RunAsync("tmux", ["-S", Path.Combine(folder.FullName, "tmux"), "-f", "/dev/null", "new-session", "-d",
                "-x", columns.ToString(CultureInfo.InvariantCulture), "-y", rows.ToString(CultureInfo.InvariantCulture),
                $"bash {folder.FullName}/show"]);
            var terminal = new TmuxTerminal(folder.FullName);
            for (var i = 0; i < cases.Length; i++)
            {
                await terminal.SeesAsync($"RECOVERY: case-{i}, try 1 of 3");
                var screen = await terminal.SeesAsync("<Exit>");
                Check(cases[i], screen, table);
                await terminal.PressAsync("Escape");
            }
            await terminal.SeesAsync("the end");
            if (Environment.GetEnvironmentVariable("VMRECOVERY_TABLE") is { } path)
                await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(table.ToString()));
        }
        finally
        {
            await ProcessRunner.RunAsync("tmux", ["-S", Path.Combine(folder.FullName, "tmux"), "kill-server"]);
            folder.Delete(recursive: true);
        }
    }

    private static void Check(Case @case, string screen, StringBuilder table)
    {
        var words = Plain(screen);
        var reason = Vocabulary.ReasonFor(@case.Failure, @case.Class);
        var situation = new Situation(@case.Failure, @case.Class, 0, 2, KeysSent: false, FirstBoot: false)
        {
            Facts = Facts.Assumed with { OtherStorages = 2, HasVm = false, NextVmid = "101" },
        };
        string[] expected = [.. RecoveryMenu.For(situation).Select(item => Vocabulary.Id(item.Option))];
        string[] shown = [.. TmuxTerminal.Tags().Matches(screen).Select(m => m.Groups[1].Value)];
        Assert.True(words.Contains(Plain(reason.Words), StringComparison.Ordinal), $"{@case.Cause}: {reason.Words}\n{screen}");
        Assert.True(words.Contains(Plain(reason.Advice), StringComparison.Ordinal), $"{@case.Cause}: {reason.Advice}\n{screen}");
        Assert.True(expected.SequenceEqual(shown), $"{@case.Cause}: {string.Join(' ', expected)}\n{screen}");
        table.Append(CultureInfo.InvariantCulture, $"| {Vocabulary.Id(@case.Class)} | {@case.Cause} | {reason.Words} | {reason.Advice.Replace("|", "\\|", StringComparison.Ordinal)} | {string.Join(' ', shown)} |\n");
    }

    /// <summary>One case a class without a cause, and every sample of a cause.</summary>
    private static IEnumerable<Case> Cases()
    {
        foreach (var entry in Classifier.Detectors)
        {
            var tables = typeof(Classifier).Assembly.GetTypes()
                .Select(t => t.GetField("All", BindingFlags.Static | BindingFlags.Public))
                .Where(f => f?.GetValue(null) is System.Collections.Immutable.ImmutableArray<Model.Causes.Cause> all && all == entry.Causes);
            foreach (var sample in tables.SelectMany(t => t!.GetCustomAttributes<TellsAttribute>()))
                yield return new Case(entry.Class, sample.Id, new Failure(sample.Command, sample.ExitCode, new LogText(sample.Log)));
        }
        yield return new Case(ErrorClass.Unknown, "-", new Failure("frobnicate", 1, new LogText("it broke")));
        // Names from outside are harmless and never longer than the box.
        yield return new Case(ErrorClass.StorageFull, "hostile", new Failure(
            "gunzip a.gz", 1, new LogText($"gzip: \x1b[31m$(touch /tmp/owned)'\"{new string('x', 300)}: No space left on device")));
    }

    private static async Task WriteAsync(string folder, Case[] cases)
    {
        for (var i = 0; i < cases.Length; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.command"), Encoding.Latin1.GetBytes(cases[i].Failure.Command));
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.log"), Encoding.Latin1.GetBytes(cases[i].Failure.Log.ToString()));
            await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.exit"), Encoding.ASCII.GetBytes($"{cases[i].Failure.ExitCode}"));
        }
        await File.WriteAllBytesAsync(Path.Combine(folder, "show"), Encoding.UTF8.GetBytes($$"""
            source {{Checkout.Library}} recovery
            qm() { true; }
            pvesm() { printf 'Name Type Status Total Used Available %%\nA dir active 9 1 8388608 1\nB dir active 9 1 4194304 1\n'; }
            pvesh() { echo 101; }
            command() { "$@"; }
            VMID=100 RAM_SIZE=2048 DISK_SIZE=8G
            cd {{folder}}
            for ((n = 0; n < {{cases.Length}}; n++)); do
              NSAPP=case-$n VM_ERROR_LOG={{folder}}/$n.log _VM_FAILED_COMMAND=$(<"$n.command")
              vm_show_recovery_menu "$(<"$n.exit")" 1 >>answers
            done
            echo the end
            sleep 5

            """));
    }

    /// <summary>The text without the box around it and without its line ends.</summary>
    private static string Plain(string text) => Blanks().Replace(text.Replace("│", " ", StringComparison.Ordinal), "");

    [GeneratedRegex(@"[\s│]+")]
    private static partial Regex Blanks();
}
