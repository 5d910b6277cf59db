using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Node.Simulated.Faults;
using VmRecovery.Node.Simulated.Sandbox;
using VmRecovery.Node.Simulated.State;

namespace VmRecovery.Engine.Tests.Sandbox;

/// <summary>
/// A case file: lines <c>key: value</c>, a line <c>---</c>, and a script (or <c>sample: NAME</c> in place of one).
/// </summary>
internal sealed record RunCase(string Name, ILookup<string, string> Lines, string Script)
{
    private static readonly string[] Keys =
        ["about", "sample", "script", "options", "words", "fault", "exit", "machines", "volumes", "says", "silent", "log", "terminal", "answer", "whiptail", "fetches", "storage"];

    /// <summary>Reads a file.</summary>
    public static RunCase Read(string path)
    {
        var parts = File.ReadAllText(path).Split("---\n", 2);
        var lines = parts[0].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(": ", 2)).ToLookup(l => l[0], l => l.ElementAtOrDefault(1) ?? "");
        if (lines.Select(l => l.Key).Except(Keys, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new InvalidDataException($"{path}: '{unknown}' is no key of a case; known are {string.Join(", ", Keys)}");
        var script = lines["sample"].FirstOrDefault() is { } sample ? RunInSandbox.Sample(sample)
            : lines["script"].FirstOrDefault() is { } other ? File.ReadAllText(Path.Combine(Path.GetDirectoryName(path)!, "..", "scripts", other))
            : parts[1];
        return new RunCase(Path.GetFileNameWithoutExtension(path), lines, script);
    }

    /// <summary>Runs it.</summary>
    public async Task<ExecutionResult> RunAsync()
    {
        var dialogs = new Dialogs();
        foreach (var answer in Lines["answer"])
            if (answer.Split(" = ") is [var title, var tags])
                dialogs.Answer(title, tags.Split(", "));
        var node = RunInSandbox.NewNode();
        foreach (var storage in Lines["storage"])
            node.Add(new Storage(storage, StorageKind.LvmThin));
        var sandbox = new RunInSandbox
        {
            State = node,
            Dialogs = dialogs,
            Terminal = Lines.Contains("terminal"),
            HasWhiptail = !Lines.Contains("whiptail"),
        };
        return await sandbox.RunAsync(Script, One("options"), One("words"), [.. Lines["fault"].Select(Fault)]);
    }

    /// <summary>What is not as the case says.</summary>
    public IEnumerable<string> Complaints(ExecutionResult run)
    {
        var exit = int.Parse(One("exit"), CultureInfo.InvariantCulture);
        if (run.ExitCode != exit)
            yield return $"exit {run.ExitCode}, not {exit}";
        var machines = string.Join(' ', run.Node.Machines.Where(m => m.MadeByScript).Select(m => m.Id));
        if (machines != One("machines"))
            yield return $"VMs of the script: '{machines}', not '{One("machines")}'";
        var volumes = string.Join(' ', run.Node.Volumes.Where(v => v.MadeByScript).Select(v => v.Id));
        if (Lines.Contains("volumes") && volumes != One("volumes"))
            yield return $"volumes of the script: '{volumes}', not '{One("volumes")}'";
        foreach (var text in Lines["says"].Where(t => !run.Output.Contains(t, StringComparison.Ordinal)))
            yield return $"does not say '{text}'";
        foreach (var text in Lines["silent"].Where(t => run.Output.Contains(t, StringComparison.Ordinal)))
            yield return $"says '{text}'";
        foreach (var text in Lines["log"].Where(t => !run.Texts.Any(f => f.Key.StartsWith("/tmp/vm-install-", StringComparison.Ordinal) && f.Value.Contains(t, StringComparison.Ordinal))))
            yield return $"the log does not have '{text}'";
        if (Lines.Contains("fetches") && run.Fetches.Count(f => f.Url.EndsWith(One("fetches").Split(' ')[1], StringComparison.Ordinal)) is var fetches
            && fetches != int.Parse(One("fetches").Split(' ')[0], CultureInfo.InvariantCulture))
            yield return $"{fetches} fetches, not {One("fetches")}";
        foreach (var complaint in Always(run))
            yield return complaint;
    }

    /// <summary>What holds after every run, whatever happened.</summary>
    public static IEnumerable<string> Always(ExecutionResult run)
    {
        var foreign = run.Node.Machine(RunInSandbox.Foreign);
        if (foreign is null || foreign.MadeByScript || !foreign.Running)
            yield return "somebody else's VM was harmed";
        foreach (var file in run.Files.Where(f => f.Path.Contains("vm-recovery", StringComparison.Ordinal) && f.Path != "/run/vm-recovery"))
            yield return $"left {file.Path}";
        foreach (var process in run.Processes)
            yield return $"left the process {process}";
    }

    private string One(string key) => Lines[key].FirstOrDefault() ?? "";

    /// <summary>A pattern of the command, and before it <c>KIND </c> or <c>N </c> for the n-th of them.</summary>
    private static Fault Fault(string text)
    {
        var match = Regex.Match(text, "^(?:([A-Z][A-Za-z]+) )?(?:([0-9]+) )?(.*)$");
        var kind = match.Groups[1].Success ? Enum.Parse<FaultKind>(match.Groups[1].Value) : FaultKind.Fail;
        var occurrence = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
        return new Fault(kind) { Pattern = new Regex(match.Groups[3].Value), Occurrence = occurrence };
    }
}
