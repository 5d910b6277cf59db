using System.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Tests.Linting;

public class BaselineTests
{
    [Theory]
    [InlineData("echo x\n\n\n# moved\n{0}")]
    [InlineData("if true; then\n    {0}fi\n")]
    public void A_finding_keeps_its_fingerprint_when_other_lines_change(string frame)
    {
        const string script = "trap 'echo x' INT\n";

        Assert.Equal(
            FingerprintOf(script),
            FingerprintOf(string.Format(System.Globalization.CultureInfo.InvariantCulture, frame, script))
        );
    }

    [Fact]
    public void A_finding_gets_another_fingerprint_when_its_statement_changes() =>
        Assert.NotEqual(FingerprintOf("trap 'echo x' INT\n"), FingerprintOf("trap 'echo y' INT\n"));

    [Fact]
    public void Known_findings_are_counted_and_gone_ones_are_named()
    {
        var known = new BaselineKey("a.sh", "VMR013", "1");
        var gone = new BaselineKey("a.sh", "VMR013", "2");
        var elsewhere = new BaselineKey("b.sh", "VMR013", "3");
        var baseline = Baseline.Of([known, gone, elsewhere]);

        var comparison = baseline.Compare([known, known], new HashSet<string> { "a.sh" });

        Assert.Equal([false, true], comparison.IsNew);
        Assert.Equal(gone, Assert.Single(comparison.Gone).Key);
    }

    private static string FingerprintOf(string script)
    {
        var linted = Linter.Default.Lint(new SourceFile("x.sh", Encoding.UTF8.GetBytes(script)));
        return Fingerprint.Of(linted, linted.Findings(null).First(d => d.Id == "VMR080"));
    }
}
