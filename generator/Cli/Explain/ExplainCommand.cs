using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VmRecovery.Host.Policy;
using VmRecovery.Diagnostics;
using VmRecovery.Model;
using VmRecovery.Model.Cleanup;
using VmRecovery.Scripts.Linting;
using VmRecovery.Scripts.Linting.ShellCheck;

namespace VmRecovery.Cli.Explain;

/// <summary><c>explain</c>: what the policy knows of a class, or would decide for a failure.</summary>
internal sealed class ExplainCommand(TextReader input, TextWriter output, TextWriter error)
{
    /// <summary>More than there are.</summary>
    private const int PatternsOfPolicy = 4096;

    /// <summary>Explains an error class or a rule by its id.</summary>
    public int Topic(string topic)
    {
        if (RulePage.Of(topic) is { } page)
        {
            output.Write(page);
            return ExitCodes.Clean;
        }
        if (RuleSet.IsShellCheckCode(topic))
        {
            output.WriteLine($"{topic} is ShellCheck's: {ShellCheckDiagnostics.PageOf(topic)}");
            return ExitCodes.Clean;
        }
        foreach (var @class in Enum.GetValues<ErrorClass>())
            if (Vocabulary.Id(@class) == topic)
                return DescribeClass(@class);
        if (DescriptorTable.Find(topic) is { } descriptor)
        {
            output.Write(DescriptorTable.Explanation(descriptor));
            return ExitCodes.Clean;
        }
        var known = string.Join(", ", Enum.GetValues<ErrorClass>().Select(Vocabulary.Id));
        throw ToolException.Input($"explain: '{topic}' is no error class and no id; known are {known}, the rules of docs/rules and the ids of docs/diagnostics.md");
    }

    /// <summary>Explains one failure.</summary>
    /// <param name="question">The failure.</param>
    /// <param name="json">One line of JSON in place of text.</param>
    public int Failure(Question question, bool json)
    {
        var decision = Decision.For(question);
        if (json)
            output.WriteLine(Serialize(DecisionJson.From(decision)));
        else
            Describe(question, decision);
        return ExitCodes.Clean;
    }

    /// <summary>Answers JSON lines with JSON lines. A bad line is named on stderr and the others are still answered.</summary>
    public int Batch()
    {
        var exitCode = ExitCodes.Clean;
        // Every pattern of the policy is read once; .NET remembers fifteen.
        Regex.CacheSize = PatternsOfPolicy;
        using var answers = new BatchOutput(output);
        for (var number = 1; input.ReadLine() is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (Read(line, number) is { } question)
                answers.WriteLine(Serialize(DecisionJson.From(Decision.For(question.Question), question.Id)));
            else
                exitCode = ExitCodes.BadInput;
        }
        return exitCode;
    }

    /// <summary>The end of a log file as the policy sees it: bytes, one character each.</summary>
    /// <exception cref="ToolException">The file can't be read.</exception>
    public static string ReadLogTail(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new IOException("it is a folder");
            using var stream = File.OpenRead(path);
            // A pipe, as from <(…), can only be read through.
            if (stream.CanSeek)
                stream.Seek(-Math.Min(stream.Length, LogText.TailBytes), SeekOrigin.End);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Input($"{path}: cannot be read ({e.Message.TrimEnd('.')}); give the log of the failed run");
        }
    }

    private (string? Id, Question Question)? Read(string line, int number)
    {
        try
        {
            var parsed = JsonSerializer.Deserialize(line, ExplainJsonContext.Default.BatchLine)
                ?? throw new JsonException("null is no failure");
            if (parsed.Attempt is < 1)
                throw new JsonException("\"attempt\" counts from 1");
            var log = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(parsed.Stderr ?? ""));
            var command = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(parsed.Command ?? ""));
            return (parsed.Id, new Question(command, parsed.ExitCode, log, parsed.Attempt ?? 1, parsed.Script));
        }
        catch (JsonException e)
        {
            error.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"stdin:{number}: not valid JSON ({e.Message.Split(" Path:")[0].TrimEnd('.')}); expected one JSON object a line with command, exit_code and stderr"));
            return null;
        }
    }

    private void Describe(Question question, Decision decision)
    {
        var cause = decision.Reason.Cause.Length > 0 ? $" ({decision.Reason.Cause})" : "";
        output.WriteLine($"class     {Vocabulary.Id(decision.Class)}{cause}");
        output.WriteLine($"reason    {decision.Reason.Words}");
        output.WriteLine($"advice    {decision.Reason.Advice}");
        output.WriteLine(decision.Evidence is [var evidence, ..]
            ? string.Create(CultureInfo.InvariantCulture, $"evidence  line {evidence.Line} of the log: {Printable(evidence.Text)}")
            : decision.Class is ErrorClass.Unknown
                ? "evidence  none: neither the command, nor its text, nor its exit code says more"
                : "evidence  the command and its exit code");
        output.WriteLine("menu");
        foreach (var option in decision.Options)
            output.WriteLine($"  {option.Id,-18} {option.Words}");
        if (question.ExitCode is null)
            output.WriteLine("exit code 1 was assumed; --exit-code says another");
        output.WriteLine(decision.Options.Any(option => option.Id == "retry")
            ? "cleanup before a retry, for what this run created"
            : "cleanup when you choose abort, for what this run created");
        var vmid = question.Command.Split(' ').FirstOrDefault(IsVmid) ?? "VMID";
        foreach (var command in CleanupOf(vmid))
            output.WriteLine($"  {command}");
    }

    private static IEnumerable<string> CleanupOf(string vmid)
    {
        var vm = new RecordingNode();
        Steps.RemoveVm(vm, vmid);
        var volume = new RecordingNode();
        Steps.RemoveVolume(volume, "VOLUME");
        return vm.Commands.Concat(volume.Commands);
    }

    private static bool IsVmid(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id is >= 100 and <= 999999999;

    private int DescribeClass(ErrorClass @class)
    {
        output.WriteLine($"{Vocabulary.Id(@class)}: {Vocabulary.Words(@class)}");
        output.WriteLine($"advice: {Vocabulary.Advice(@class)}");
        output.WriteLine("causes; names stand where {1} does");
        var (last, advice) = ("", "");
        foreach (var cause in Vocabulary.Entry(@class).Causes)
        {
            advice = cause.Advice.Length > 0 ? cause.Advice : cause.Id == last ? advice : "";
            last = cause.Id;
            output.WriteLine($"  {cause.Id,-18} {cause.Words}{(advice.Length > 0 ? $"\n{"",21}{advice}" : "")}");
        }
        var samples = Classifier.Detectors.FirstOrDefault(detector => detector.Class == @class)?.Claims.Method
            .GetCustomAttributes(typeof(ClaimsAttribute), inherit: false).Cast<ClaimsAttribute>().ToList() ?? [];
        if (samples.Count > 0)
            output.WriteLine("for example");
        foreach (var sample in samples)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sample.Command} (exit {sample.ExitCode})"));
            foreach (var line in sample.Log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                output.WriteLine($"      {line}");
        }
        var command = samples.FirstOrDefault()?.Command ?? "";
        var situation = new Model.Situation(
            new Failure(command, 1, new LogText("")), @class, 0, Decision.DefaultMaxRetries, KeysSent: false, FirstBoot: true);
        output.WriteLine("menu");
        foreach (var item in Model.Menu.RecoveryMenu.For(situation))
            output.WriteLine($"  {Vocabulary.Id(item.Option),-18} {Vocabulary.Words(item.Option)}");
        return ExitCodes.Clean;
    }

    private static string Serialize(DecisionJson decision) =>
        JsonSerializer.Serialize(decision, ExplainJsonContext.Default.DecisionJson);

    /// <summary>A log can hold terminal control sequences: none may reach the user's terminal.</summary>
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
