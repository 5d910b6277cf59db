using System.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Cli.Generate;

namespace VmRecovery.Tests.Generating;

public sealed class DriftTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vmrecovery-drift").FullName;
    private readonly SourceFile policy = new("recovery-model/A.cs", "old"u8.ToArray());
    private readonly GeneratedFile file = new("misc/x.func", "one\ntwo\n"u8.ToArray());

    [Fact]
    public void Nothing_drifts_right_after_generating()
    {
        Write("one\ntwo\n");
        Assert.Empty(Compare(policy, file));
    }

    [Fact]
    public void A_hand_edit_is_told_from_a_changed_policy()
    {
        Write("one\nTWO\n");
        var drift = Assert.Single(Compare(policy, file));
        Assert.Contains("edited by hand", drift.Reason, StringComparison.Ordinal);
        Assert.Contains("-TWO\n+two\n", drift.Difference, StringComparison.Ordinal);
    }

    [Fact]
    public void A_changed_policy_names_the_source()
    {
        Write("one\ntwo\n");
        var drift = Assert.Single(Compare(new SourceFile(policy.Path, "new"u8.ToArray()), new GeneratedFile("misc/x.func", "one\nthree\n"u8.ToArray())));
        Assert.Contains("recovery-model/A.cs", drift.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("by hand", drift.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_at_once_are_both_named()
    {
        Write("one\nTWO\n");
        var drift = Assert.Single(Compare(new SourceFile(policy.Path, "new"u8.ToArray()), new GeneratedFile("misc/x.func", "one\nthree\n"u8.ToArray())));
        Assert.Contains("edited by hand", drift.Reason, StringComparison.Ordinal);
        Assert.Contains("recovery-model/A.cs", drift.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_called_missing() =>
        Assert.Contains("missing", Assert.Single(Compare(policy, file)).Reason, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private System.Collections.Immutable.ImmutableArray<Drift> Compare(SourceFile currentPolicy, GeneratedFile expected)
    {
        var recorded = GenerationLock.For("1", [HashedInput.Of(policy)], [file]);
        return Drift.Between(folder, recorded, GenerationLock.For("1", [HashedInput.Of(currentPolicy)], [expected]), [expected]);
    }

    private void Write(string text)
    {
        Directory.CreateDirectory(Path.Combine(folder, "misc"));
        File.WriteAllBytes(Path.Combine(folder, "misc/x.func"), Encoding.UTF8.GetBytes(text));
    }
}
