using VmRecovery.Engine.Deciding;
using System.Text.RegularExpressions;
using VmRecovery.Cli.Policy;
using VmRecovery.Diagnostics;
using VmRecovery.Engine.Running;
using VmRecovery.Engine.Tests.Sandbox;

namespace VmRecovery.Engine.Tests.Decisions;

/// <summary>The tutorial <c>docs/policy-example.md</c>, followed to the letter.</summary>
public sealed partial class PolicyExampleTests : IDisposable
{
    private static readonly FailureReport Busy =
        new("qm start 100", 255, "PCI device '0000:01:00.0' already in use by VMID '101'", 0, 2, KeysSent: false, FirstBoot: false);

    private readonly string policy = Directory.CreateTempSubdirectory("policy-").FullName;

    public PolicyExampleTests()
    {
        var model = Path.Combine(RunInSandbox.Home, "recovery-model");
        foreach (var file in Directory.GetFiles(model, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(policy, Path.GetRelativePath(model, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(policy, recursive: true);

    [Fact]
    public void The_example_adds_a_class_a_cause_and_an_option()
    {
        var lines = Follow();
        var decision = CompiledPolicy.Load(policy).Decide(Busy);
        Assert.Equal(("gpu-busy", "device", "VM 101 uses this device."), (decision.Class, decision.Cause, decision.Words));
        Assert.Contains("retry-device", decision.Options.Select(o => o.Tag));
        Assert.InRange(lines, 1, 39);
    }

    [Fact]
    public void A_copy_decides_as_the_tool_itself()
    {
        var own = new OwnPolicy().Decide(Busy);
        var copy = CompiledPolicy.Load(policy).Decide(Busy);
        Assert.Equal(own with { Options = [] }, copy with { Options = [] });
        Assert.Equal(own.Options, copy.Options);
    }

    [Fact]
    public void A_policy_that_looks_around_is_not_loaded()
    {
        File.WriteAllBytes(Path.Combine(policy, "Bad.cs"), "namespace VmRecovery.Model; internal sealed record Bad { internal static bool Is() => System.IO.File.Exists(\"/x\"); }"u8.ToArray());
        var refused = Assert.Throws<ToolException>(() => CompiledPolicy.Load(policy));
        Assert.Contains("Bad.cs:1:", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
    }

    /// <summary>Carries out every block of the page; returns how many lines of code it has.</summary>
    private int Follow()
    {
        var lines = 0;
        foreach (Match block in Block().Matches(File.ReadAllText(Path.Combine(RunInSandbox.Home, "docs", "policy-example.md"))))
        {
            var file = Path.Combine(policy, block.Groups["file"].Value);
            var code = block.Groups["code"].Value;
            lines += code.Split('\n').Count(l => l.Trim().Length > 0 && !l.TrimStart().StartsWith("///", StringComparison.Ordinal));
            if (block.Groups["before"].Success)
            {
                var text = File.ReadAllText(file);
                var anchor = text.IndexOf(block.Groups["before"].Value, StringComparison.Ordinal);
                Assert.True(anchor > 0, $"{file} has no '{block.Groups["before"].Value}'");
                code = text.Insert(text.LastIndexOf('\n', anchor) + 1, code);
            }
            File.WriteAllBytes(file, System.Text.Encoding.UTF8.GetBytes(code));
        }
        return lines;
    }

    [GeneratedRegex("^```csharp (?<file>[^\\n,]+)(, before \"(?<before>[^\\n\"]+)\")?\\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
