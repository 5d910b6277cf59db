using System.CommandLine;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Explain;

/// <summary>The command line of <c>explain</c>.</summary>
internal static class ExplainOptions
{
    /// <summary>Builds the sub-command.</summary>
    public static Command Build(TextReader input, TextWriter output, TextWriter error)
    {
        var topic = new Argument<string?>("topic") { Description = "An error class such as download, a rule such as VMR012, or an id such as VMP101 or VMS110.", Arity = ArgumentArity.ZeroOrOne }
            .WithoutUnknownOptions();
        var command = new Option<string?>("--command") { Description = "The command line that failed." };
        var exitCode = new Option<int?>("--exit-code") { Description = "Its exit status." };
        var log = new Option<string?>("--log") { Description = "File with what it printed." };
        var attempt = new Option<int>("--attempt") { Description = "Which attempt failed, from 1.", DefaultValueFactory = _ => 1 };
        var script = new Option<string?>("--script") { Description = "The script's name, such as docker-vm." };
        var json = new Option<bool>("--json") { Description = "One line of JSON." };
        var batch = new Option<bool>("--batch") { Description = "Read failures as JSON lines from stdin, answer one line each." };
        var explain = new Command("explain", "Says what the policy decides for a failure, and why.")
        {
            topic, command, exitCode, log.WithoutUnknownOptions(), attempt, script, json, batch,
        };
        explain.SetAction(parsed =>
        {
            var explainer = new ExplainCommand(input, output, error);
            var asked = parsed.GetValue(topic);
            if (parsed.GetValue(batch))
                return asked is null && parsed.GetValue(command) is null
                    ? explainer.Batch()
                    : throw ToolException.Input("explain: --batch reads failures from stdin; leave the topic and --command out");
            if (asked is not null)
                return parsed.GetValue(command) is null
                    ? explainer.Topic(asked)
                    : throw ToolException.Input("explain: a topic or --command, not both");
            if (parsed.GetValue(command) is not { } failed)
                throw ToolException.Input("explain: nothing to explain; give an error class, --command, or --batch");
            if (parsed.GetValue(attempt) < 1)
                throw ToolException.Input("explain: --attempt counts from 1");
            switch (parsed.GetValue(exitCode))
            {
                case 0:
                    throw ToolException.Input("explain: --exit-code 0 is no failure");
                case < 0 or > 255:
                    throw ToolException.Input("explain: --exit-code is a number from 1 to 255");
                default:
                    break;
            }
            if (parsed.GetValue(script) is { } named && !Decision.Knows(named))
                throw ToolException.Input($"explain: '{named}' is no script with a profile; known are {Decision.KnownScripts}");
            var text = parsed.GetValue(log) is { } path ? ExplainCommand.ReadLogTail(path) : "";
            var question = new Question(failed, parsed.GetValue(exitCode), text, parsed.GetValue(attempt), parsed.GetValue(script));
            return explainer.Failure(question, parsed.GetValue(json));
        });
        return explain;
    }
}
