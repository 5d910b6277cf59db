using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Tests.Semantics;

/// <summary>Errexit at the command <c>here</c>, as the script's text tells.</summary>
public class OptionTests
{
    [Theory]
    [InlineData("here", "Off")]
    [InlineData("set -e\nhere", "On")]
    [InlineData("set -Eeuo pipefail\nhere", "On")]
    [InlineData("set -o errexit\nhere", "On")]
    [InlineData("set -e\nset +e\nhere", "Off")]
    [InlineData("set -e\n(set +e)\nhere", "On")]
    [InlineData("set -e\nif x; then set +e; fi\nhere", "Unknown")]
    [InlineData("if x; then set -e; else set -e; fi\nhere", "On")]
    [InlineData("set -e\nwhile x; do set +e; done\nhere", "Unknown")]
    [InlineData("set -e\nif here; then :; fi", "Off")]
    [InlineData("set -e\n! here", "Off")]
    [InlineData("set -e\nhere || true", "Off")]
    [InlineData("set -e\ntrue && here", "On")]
    [InlineData("set -e\nx | here", "On")]
    [InlineData("set -e\nf() { here; }\nf", "On")]
    [InlineData("set -e\nf() { here; }\nf || true", "Off")]
    [InlineData("set -e\nf() { here; }\nf\nf || true", "Unknown")]
    [InlineData("set -e\nf() { here; f; }\nf", "On")]
    [InlineData("set -e\ng() { f; }\nf() { here; }\nif g; then :; fi", "Off")]
    [InlineData("f() { set -e; }\nf\nhere", "On")]
    [InlineData("source ./lib.sh\nhere", "Unknown")]
    [InlineData("set -e\nsource ./lib.sh\nhere", "On")]
    [InlineData("set -e\nx=$(here)", "Unknown")]
    [InlineData("set -e\nhere &", "Off")]
    public void Errexit_is_followed_through_the_script(string script, string expected)
    {
        var facts = VmScript.Read(new SourceFile("x.sh", System.Text.Encoding.UTF8.GetBytes("#!/bin/bash\n" + script)));

        Assert.Equal(expected, facts.Commands.Single(c => c.Program == "here").Options.Errexit.ToString());
    }

    [Fact]
    public void A_shebang_sets_options() =>
        Assert.Equal(
            OptionValue.On,
            VmScript.Read(new SourceFile("x.sh", "#!/bin/bash -eu\nhere"u8.ToArray())).FinalOptions.Errexit
        );

    [Theory]
    [InlineData("here >/dev/null 2>&1", "Null Null")]
    [InlineData("here 2>&1 >/dev/null", "Null Inherited")]
    [InlineData("here &>/dev/null", "Null Null")]
    [InlineData("here 1>&/dev/null", "Null Null")]
    [InlineData("here >&2", "Inherited Inherited")]
    [InlineData("{ here; } 2>/dev/null", "Inherited Null")]
    [InlineData("x=$(here 2>&1)", "Captured Captured")]
    [InlineData("here |& x", "Pipe Pipe")]
    [InlineData("here 2>log", "Inherited File")]
    public void Streams_are_followed_through_redirections(string script, string expected)
    {
        var facts = VmScript.Read(new SourceFile("x.sh", System.Text.Encoding.UTF8.GetBytes(script)));

        var streams = facts.Commands.Single(c => c.Program == "here").Streams;
        Assert.Equal(expected, $"{streams.Output} {streams.Error}");
    }
}
