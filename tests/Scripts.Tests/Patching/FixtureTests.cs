using System.Globalization;
using System.Text;
using VmRecovery.Host.Processes;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Tests.Patching;

[NeedsProcess]
public sealed class FixtureTests
{
    public static TheoryData<string> Patched => Fixtures.Names("patched");

    public static TheoryData<string> Refused => Fixtures.Names("refused");

    public static TheoryData<string> Samples =>
        new(Directory.GetFiles(Fixtures.Samples, "*.sh").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Patched))]
    public async Task A_known_shape_gets_exactly_the_expected_text(string name)
    {
        var input = Fixtures.Input("patched", name);

        var outcome = await PatchChecks.PatchAsync(input);

        Assert.Equal(PatchStatus.Patched, outcome.Status);
        var expected = await File.ReadAllBytesAsync(Path.Combine(Fixtures.Folder, "patched", name, "expected.sh"));
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(outcome.After.Raw));
        await PatchChecks.WholeOrNotAtAllAsync(input, outcome);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task An_unknown_shape_is_refused_with_an_id_and_its_line(string name)
    {
        var input = Fixtures.Input("refused", name);

        var outcome = await PatchChecks.PatchAsync(input);

        var expected = File.ReadAllText(Path.Combine(Fixtures.Folder, "refused", name, "expected.txt"));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{outcome.Refusal?.Id} {outcome.Refusal?.Location.Line}: {outcome.Refusal?.Message}\n"));
        await PatchChecks.WholeOrNotAtAllAsync(input, outcome);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_sample_is_patched(string name)
    {
        var input = await File.ReadAllBytesAsync(Path.Combine(Fixtures.Samples, name));

        var outcome = await PatchChecks.PatchAsync(input);

        Assert.Equal(PatchStatus.Patched, outcome.Status);
        await PatchChecks.WholeOrNotAtAllAsync(input, outcome);
    }

    [Fact]
    public async Task A_library_carried_along_stays_short_enough_for_one_argument()
    {
        var input = Fixtures.Input("patched", "first-generation");

        var small = await PatchChecks.PatchAsync(input, ["vm_create_with_recovery() {", "  \"$1\"", "}"]);
        var large = await PatchChecks.PatchAsync(input, [.. Enumerable.Repeat("# " + new string('x', 100), 1400)]);

        Assert.Equal(PatchStatus.Patched, small.Status);
        Assert.Contains(small.Insertions, e => e.Region.Kind == RegionKind.Inline);
        Assert.DoesNotContain(small.Insertions, e => e.Region.Kind == RegionKind.Load);
        Assert.Equal(PatchStatus.Unchanged, (await PatchChecks.PatchAsync(small.After.Raw)).Status);
        Assert.Equal(PatchStatus.Refused, large.Status);
        Assert.Contains("131071", large.Refusal!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_script_carries_along_defines_the_functions_of_the_library()
    {
        var library = File.ReadAllText(Checkout.Library);
        var carried = string.Join('\n', RecoveryPart.Of(library));

        // Causes stay behind: they would take all the room. The sentence of the class is carried along.
        Assert.Contains("[network]\t", carried, StringComparison.Ordinal);
        var whole = string.Join('\n', library.Split('\n').Where(line => !line.Contains('\t', StringComparison.Ordinal) || line.StartsWith('[')));
        Assert.Equal(await FunctionsOfAsync(whole), await FunctionsOfAsync(carried));
    }

    // As bash prints them: without comments.
    private static async Task<string> FunctionsOfAsync(string text)
    {
        var outcome = await ProcessRunner.RunBytesAsync("bash", ["--norc", "-c", "source /dev/stdin recovery; declare -f"], Encoding.UTF8.GetBytes(text));
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return Encoding.UTF8.GetString(outcome.Output);
    }
}
