using System.Globalization;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;
using VmRecovery.Scripts.Linting.Fixes;

namespace VmRecovery.Tests.Linting;

/// <summary>
/// Scripts with seeded damage: no crash, fixes end, and nothing that was read without a problem gets one.
/// </summary>
public class MutantTests
{
    private static readonly byte[][] Pieces =
    [
        "'"u8.ToArray(),
        "\""u8.ToArray(),
        "$("u8.ToArray(),
        ")"u8.ToArray(),
        "`"u8.ToArray(),
        "{"u8.ToArray(),
        "}"u8.ToArray(),
        "\n"u8.ToArray(),
        ";"u8.ToArray(),
        "&&"u8.ToArray(),
        "||"u8.ToArray(),
        "<<E\n"u8.ToArray(),
        "\\"u8.ToArray(),
        "#"u8.ToArray(),
        " exit "u8.ToArray(),
        " trap "u8.ToArray(),
        "if "u8.ToArray(),
        "done"u8.ToArray(),
        "\u00e9"u8.ToArray(),
        [0xFF],
        "((i++))"u8.ToArray(),
    ];

    [Fact(Timeout = 2_400_000)]
    public async Task Damaged_scripts_are_linted_and_fixed()
    {
        var count = int.Parse(
            Environment.GetEnvironmentVariable("VMRECOVERY_MUTANTS") ?? "300",
            CultureInfo.InvariantCulture
        );
        var seeds = Seeds();

        await Task.Run(() =>
            Parallel.For(0, count, number => Try(Mutant(seeds[number % seeds.Length], number), number))
        );
    }

    private static void Try(byte[] script, int number)
    {
        try
        {
            var before = Lint(script);
            var outcome = FixLoop.Run(script, Lint, FixSafety.Unsafe);
            var after = Lint(outcome.Content);
            Assert.True(SyntaxErrors(after) <= SyntaxErrors(before), $"mutant {number}: the fixes broke it");
            if (outcome.ReachedFixedPoint)
                Assert.Equal(outcome.Content, FixLoop.Run(outcome.Content, Lint, FixSafety.Unsafe).Content);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"mutant {number}", e);
        }
    }

    private static byte[] Mutant(byte[] seed, int number)
    {
        var random = new Sequence((uint)number);
        var script = seed.ToList();
        for (var edits = random.Next(5) + 1; edits > 0; edits--)
        {
            var at = random.Next(script.Count);
            if (random.Next(2) == 0)
                script.RemoveRange(at, Math.Min(random.Next(12), script.Count - at));
            else
                script.InsertRange(at, Pieces[random.Next(Pieces.Length)]);
        }
        return [.. script];
    }

    private static byte[][] Seeds()
    {
        var files = Directory.GetFiles(Path.Combine(Checkout.Root, "samples", "vm")).Order(StringComparer.Ordinal);
        var examples = Directory
            .GetFiles(RuleExamples.Folder, "*.sh", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);
        var upstream = UpstreamTheoryAttribute.Checkout is { } checkout
            ? Directory.GetFiles(Path.Combine(checkout, "vm"), "*.sh").Order(StringComparer.Ordinal)
            : Enumerable.Empty<string>();
        return [.. files.Concat(examples).Concat(upstream).Select(File.ReadAllBytes)];
    }

    private static int SyntaxErrors(IEnumerable<Diagnostic> found) => found.Count(d => d.Id == MetaRules.SyntaxErrorId);

    private static System.Collections.Immutable.ImmutableArray<Diagnostic> Lint(byte[] script) =>
        Linter.Default.Lint(new SourceFile("mutant.sh", script)).Findings(null);

    /// <summary>Numbers that are the same in every run (a linear congruential generator).</summary>
    private sealed class Sequence(uint seed)
    {
        private uint state = seed * 2654435761 + 1;

        public int Next(int limit)
        {
            state = state * 1664525 + 1013904223;
            return (int)((state >> 8) % (uint)Math.Max(1, limit));
        }
    }
}
