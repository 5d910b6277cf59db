using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Json.Schema;
using VmRecovery.Cli.Check;
using VmRecovery.Cli.Output.Findings;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Tests.Linting;

public class PrinterTests
{
    private static readonly byte[] Script = System.Text.Encoding.UTF8.GetBytes(
        "#!/usr/bin/env bash\n\techo '日本 error: 😀 \u0301'; exit\ntrap 'echo \u0007x' INT\nqm start 1 >/dev/null 2>&1\n"
    );

    [Fact]
    public void Text_shows_the_line_with_a_caret_under_wide_characters()
    {
        var text = Print("text", "echo '日本😀'; trap 'echo x' INT\n"u8.ToArray());

        Assert.Equal(
            """
            a:b.sh:1:19: error VMR080: the handler of INT returns, and the script goes on
             1 | echo '日本😀'; trap 'echo x' INT
               |                     ^~~~~~~~
              help: end the handler with 'exit' and 128 plus the number of the signal (--fix does)
            note: ShellCheck: a <remark> & "more"
            1 error in 1 file; 1.5 s
            Learn more with: vmrecovery explain VMR080

            """,
            text
        );
    }

    [Fact]
    public void Text_keeps_control_characters_of_the_script_from_the_terminal()
    {
        foreach (var format in FindingsPrinters.Names)
            Assert.DoesNotContain('\a', Print(format, Script));
    }

    [Fact]
    public void Gcc_is_one_line_a_finding() =>
        Assert.All(Print("gcc", Script).TrimEnd('\n').Split('\n').SkipLast(1), line =>
            Assert.Matches(@"^a:b\.sh:\d+:\d+: (error|warning|note): .+ \[VMR\d{3}\]$", line)
        );

    [Fact]
    public void Github_escapes_what_ends_a_property() =>
        Assert.All(Print("github", Script).TrimEnd('\n').Split('\n'), line =>
            Assert.Matches(
                @"^::(error|warning|notice) (file=a%3Ab\.sh,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,)?title=\w+::.+$",
                line
            )
        );

    [Fact]
    public void Json_is_read_back()
    {
        using var document = JsonDocument.Parse(Print("json", Script));
        var findings = document.RootElement.GetProperty("findings");

        Assert.Equal(
            RuleExamples.Found(Script),
            findings.EnumerateArray().Select(f => f.GetProperty("rule").GetString()!)
        );
        Assert.All(findings.EnumerateArray(), f => Assert.Equal(16, f.GetProperty("fingerprint").GetString()!.Length));
        Assert.Equal("ShellCheck: a <remark> & \"more\"", document.RootElement.GetProperty("notices")[0].GetString());
    }

    [Fact]
    public void Checkstyle_is_read_back()
    {
        var document = XDocument.Parse(Print("checkstyle", Script));

        Assert.Equal(RuleExamples.Found(Script).Length, document.Descendants("error").Count());
        Assert.Equal("a:b.sh", document.Descendants("file").Single().Attribute("name")!.Value);
    }

    [Fact]
    public void Sarif_keeps_to_the_schema_of_the_standard()
    {
        // The standard's schema is written for draft 4, of which it uses nothing that draft 7 changed but these two
        // names.
        var text = File.ReadAllText(Path.Combine(RuleExamples.Folder, "sarif-2.1.0.schema.json"))
            .Replace("draft-04", "draft-07", StringComparison.Ordinal)
            .Replace("\"id\": \"https:", "\"$id\": \"https:", StringComparison.Ordinal);
        var schema = JsonSchema.FromText(text);

        var result = schema.Evaluate(
            JsonDocument.Parse(Print("sarif", Script)).RootElement,
            new EvaluationOptions { OutputFormat = OutputFormat.List }
        );

        Assert.True(
            result.IsValid,
            string.Join(
                '\n',
                (result.Details ?? [])
                    .Where(d => d.Errors is not null)
                    .Select(d => $"{d.InstanceLocation}: {string.Join(", ", d.Errors!.Values)}")
            )
        );
    }

    [Fact]
    public void Sarif_has_rules_fixes_and_fingerprints()
    {
        var run = JsonNode.Parse(Print("sarif", Script))!["runs"]![0]!;
        var results = run["results"]!.AsArray();

        Assert.Equal(RuleExamples.Found(Script), results.Select(r => r!["ruleId"]!.GetValue<string>()));
        Assert.All(results, r =>
            Assert.Equal(
                r!["ruleId"]!.GetValue<string>(),
                run["tool"]!["driver"]!["rules"]![r["ruleIndex"]!.GetValue<int>()]!["id"]!.GetValue<string>()
            )
        );
        Assert.Contains(results, r => r!["fixes"] is not null);
        Assert.All(results, r => Assert.NotNull(r!["partialFingerprints"]!["ruleAndStatement/v1"]));
        Assert.Equal(
            "ShellCheck: a <remark> & \"more\"",
            run["invocations"]![0]!["toolExecutionNotifications"]![0]!["message"]!["text"]!.GetValue<string>()
        );
    }

    [Fact]
    public void Statistics_count_by_rule()
    {
        var text = Print("statistics", "trap 'echo x' INT\ntrap 'echo y' TERM\n"u8.ToArray());

        Assert.StartsWith(
            "     2  VMR080  fix  a handler of INT, TERM or HUP does not end the script\n",
            text,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("😀", 2)]
    public void Width_is_that_of_a_terminal(string text, int expected) => Assert.Equal(expected, DisplayWidth.Of(text));

    private static string Print(string format, byte[] script)
    {
        var linted = Linter.Default.Lint(new SourceFile("a:b.sh", script));
        using var output = new StringWriter { NewLine = "\n" };
        FindingsPrinters
            .Of(format)
            .Print(
                output,
                new CheckReport
                {
                    Findings = [.. linted.Findings(null).Select(d => new CheckFinding(d, Fingerprint.Of(linted, d)))],
                    Notices = ["ShellCheck: a <remark> & \"more\""],
                    FileCount = 1,
                    Elapsed = TimeSpan.FromSeconds(1.5),
                }
            );
        return output.ToString();
    }
}
