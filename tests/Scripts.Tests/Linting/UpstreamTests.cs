using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Tests.Linting;

/// <summary>
/// Findings in ProxmoxVE's own scripts (8386465a9): their number by rule, and a lot of them judged by reading.
/// </summary>
public class UpstreamTests
{
    [UpstreamFact]
    public void The_number_of_findings_a_rule_is_the_expected_one()
    {
        var expected = Rows("upstream-counts.tsv").Select(r => $"{r[0]} {r[1]} {r[2]}");

        var vm = Count("vm", "*.sh");
        var misc = Count("misc", "*.func");

        var actual = RuleSet
            .All.Select(r => r.Descriptor.Id)
            .Select(id => $"{id} {vm.GetValueOrDefault(id)} {misc.GetValueOrDefault(id)}");
        Assert.Equal(expected, actual);
    }

    [UpstreamFact]
    public void Each_difference_from_the_list_of_rules_is_explained() =>
        Assert.All(Rows("upstream-counts.tsv"), r =>
            Assert.True(r[1] == r[3] && r[2] == r[4] || r[5].Length > 10, string.Join(' ', r))
        );

    [UpstreamFact]
    public void At_least_95_of_100_findings_are_true()
    {
        var judged = Rows("precision.tsv").ToList();
        var found = judged
            .Select(r => r[0])
            .Distinct()
            .ToDictionary(
                path => path,
                path =>
                    Lint(Path.Combine(UpstreamTheoryAttribute.Checkout!, path))
                        .Select(d => (d.Location.Line, d.Id))
                        .ToHashSet()
            );

        Assert.Equal(150, judged.Count);
        Assert.All(judged, r => Assert.Contains(r[3], new[] { "true", "false" }));
        Assert.All(judged, r =>
            Assert.Contains((int.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture), r[2]), found[r[0]])
        );
        Assert.True(judged.Count(r => r[3] == "true") >= 0.95 * judged.Count);
    }

    private static IEnumerable<string[]> Rows(string name) =>
        File.ReadLines(Path.Combine(RuleExamples.Folder, name))
            .Where(l => !l.StartsWith('#'))
            .Select(l => l.Split('\t'));

    private static Dictionary<string, int> Count(string folder, string pattern) =>
        Directory
            .GetFiles(Path.Combine(UpstreamTheoryAttribute.Checkout!, folder), pattern)
            .SelectMany(Lint)
            .CountBy(d => d.Id)
            .ToDictionary(StringComparer.Ordinal);

    private static IEnumerable<Diagnostic> Lint(string path) =>
        Linter.Default.Lint(new SourceFile(path, File.ReadAllBytes(path))).Findings(null);
}
