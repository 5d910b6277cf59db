using VmRecovery.Diagnostics;
using VmRecovery.Compiler;
using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using VmRecovery.Compiler.Translation;
using VmRecovery.Tests.Translation;


namespace VmRecovery.Tests.Policy;

/// <summary>A policy with one thing wrong is refused at the place of that thing.</summary>
public sealed partial class PolicyChecksTests
{
    private const string File = "recovery-model/Detectors/Network.cs";
    private const string Needle = "failure.Log.Contains(\"No route to host\")";

    [Theory]
    [InlineData("System.DateTime.Now.Hour > 3", "VMP101", "Now")]
    [InlineData("System.IO.File.Exists(\"/etc/passwd\")", "VMP101", "Exists")]
    [InlineData("new System.Random().Next() > 1", "VMP101", "Random")]
    [InlineData("System.Environment.MachineName == \"a\"", "VMP101", "MachineName")]
    [InlineData("failure.GetType().Name == \"a\"", "VMP101", "GetType")]
    [InlineData("failure.Log.Nonsense()", "VMP001", "Nonsense")]
    [InlineData("failure.Log.Matches(\"a(?=b)\")", "VMP221", "(?=b")]
    [InlineData("failure.Log.Matches(@\"a\\d*?b\")", "VMP221", "?")]
    [InlineData("failure.Log.Matches(\"a\\\\bc\")", "VMP221", "\\\\b")]
    [InlineData("failure.Log.Matches(\"a[b\")", "VMP220", "[")]
    [InlineData("failure.Log.Matches(failure.Command)", "VMP222", "failure.Command")]
    [InlineData("failure.Command.StartsWith(\"x\")", "VMP204", "failure.Command.StartsWith(\"x\")")]
    [InlineData("failure.Command.Trim() == \"x\"", "VMP202", "failure.Command.Trim()")]
    [InlineData("failure.Command is { Length: 3 }", "VMP205", "{ Length: 3 }")]
    [InlineData("failure.Log.Contains(\"caf\\u00e9\")", "VMP209", "\"caf\\u00e9\"")]
    public void What_a_detector_must_not_ask_is_named(string question, string code, string under)
    {
        var found = Findings(File, Needle, question).First(d => d.Id == code);
        Assert.Equal(File, found.Location.Path);
        var line = found.Location.SourceLine!;
        Assert.Equal(under, line[(found.Location.Column - 1)..Math.Min(found.Location.EndColumn - 1, line.Length)]);
    }

    [Theory]
    [InlineData("recovery-model/Classifier.cs", "new(ErrorClass.Network,", "new(ErrorClass.Download,", "VMP111")]
    [InlineData("recovery-model/Classifier.cs", "NetworkCauses.All, \"network\"),", "NetworkCauses.All, null!),", "VMP117")]
    [InlineData("recovery-model/ErrorClass.cs", "[Advice(\"Check System", "// [Advice(\"Check System", "VMP113")]
    [InlineData("recovery-model/Causes/NetworkCauses.cs", "vmbr1 does not exist on", "vmbr2 does not exist on", "VMP124")]
    [InlineData("recovery-model/Causes/NetworkCauses.cs", "new(\"bridge-kind\"", "new(\"bridge-sort\"", "VMP112")]
    [InlineData("recovery-model/Causes/NetworkCauses.cs", "bridge '([A-Za-z0-9._-]+)' is not active", "bridge '([^']+)' is not active", "VMP223")]
    [InlineData("recovery-model/ErrorClass.cs", "[Id(\"network\"", "[Id(\"download\"", "VMP113")]
    [InlineData("recovery-model/ErrorClass.cs", "[Id(\"network\"", "[Id(\"No Network\"", "VMP113")]
    [InlineData("recovery-model/Menu/Offers.cs", "public static bool Keep(", "public static bool Unasked(Situation situation) => true;\n    public static bool Keep(", "VMP115")]
    [InlineData("recovery-model/Menu/RecoveryMenu.cs", "new(MenuOption.Keep, Offers.Keep, Labels.Keep),", "", "VMP114")]
    [InlineData("recovery-model/Cleanup/Steps.cs", "[BashFunction(\"_vm_remove_file\")]", "", "VMP115")]
    [InlineData("recovery-model/Profiles/Scripts.cs", "new(\"haos-vm\"", "new(\"docker-vm\"", "VMP116")]
    [InlineData("recovery-model/Detectors/Network.cs", "[Claims(\"wget -q https://example.org/a.img\", 4, \"\")]", "[Claims(\"true\", 0, \"\")]", "VMP121")]
    [InlineData("recovery-model/Detectors/Network.cs", "[Claims(\"wget -q https://example.org/a.img\", 4, \"\")]", "[Claims(\"a\", 130, \"\")]", "VMP121")]
    [InlineData("recovery-model/Detectors/Network.cs", "[Rejects(\"qm create 100 --net0 virtio\", 255,", "[Rejects(\"wget a\", 4,", "VMP122")]
    [InlineData("recovery-model/Detectors/Network.cs", "public static class Network\n{", "public static class Network\n{\n    private static int asked;", "VMP102")]
    public void What_is_missing_or_there_twice_is_named(string file, string old, string replacement, string code)
    {
        Assert.Contains(Findings(file, old, replacement), d => d.Id == code && d.Location.Line > 0);
    }

    private static ImmutableArray<Diagnostic> Findings(string file, string old, string replacement)
    {
        var sources = ShippedPolicy.Sources();
        var source = sources.Single(s => s.Path == file);
        Assert.Contains(old, source.Text, StringComparison.Ordinal);
        var at = source.Text.IndexOf(old, StringComparison.Ordinal);
        var text = source.Text[..at] + replacement + source.Text[(at + old.Length)..];
        var changed = sources.Replace(source, new SourceFile(file, Encoding.UTF8.GetBytes(text)));
        return Assert.Throws<DiagnosticException>(() => PolicyCompiler.Compile(changed)).Diagnostics;
    }

    [GeneratedRegex("\"(VMP[0-9]{3})\"")]
    private static partial Regex Code();
}
