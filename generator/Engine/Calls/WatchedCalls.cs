using System.Collections.Immutable;
using VmRecovery.Engine.Cleaning;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Cleanup;
using VmRecovery.Model.Commands;
using VmRecovery.Model.Flow;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;
using VmRecovery.Model.Secrets;
using VmRecovery.Model.Settings;

namespace VmRecovery.Engine.Calls;

/// <summary>What a run lets its attempts do, and what it notes of them.</summary>
internal sealed class WatchedCalls : ICallListener
{
    private readonly RunFolder folder;
    private readonly Belongings belongings;
    private readonly INodeView node;
    private readonly ErrorLog log;
    private readonly SearchPath programs;
    private readonly NodeNotes notes;
    private readonly Fetches fetches;
    private readonly KeptAnswers answers = new();
    private readonly Dictionary<int, PendingCall> pending = [];
    private readonly HashSet<string> heldBack = new(StringComparer.Ordinal);

    public WatchedCalls(RunFolder folder, Belongings belongings, INodeView node, ErrorLog log, SearchPath programs)
    {
        this.folder = folder;
        this.belongings = belongings;
        this.node = node;
        this.log = log;
        this.programs = programs;
        notes = new NodeNotes(belongings.Journal, node, folder.Begun);
        Kept = new KeptFiles(folder, belongings.Journal);
        fetches = new Fetches(Kept, belongings.Journal, folder);
    }

    /// <summary>Files for the next attempt.</summary>
    public KeptFiles Kept { get; }

    /// <summary>Downloads.</summary>
    public Fetches Fetches => fetches;

    /// <summary>What the attempt has been through.</summary>
    public AttemptRecord Record { get; private set; } = AttemptRecord.Begin(stopsAtErrors: true);

    /// <summary>The settings that its calls show.</summary>
    public ObservedSettings Settings { get; private set; } = ObservedSettings.None;

    /// <summary>Other settings for its calls.</summary>
    public Replacement Replacement { get; set; } = Replacement.None;

    /// <summary>Whether a failed virt-customize ends the attempt, so that the user can choose the first boot instead.</summary>
    public bool EndsAtCustomizing { get; set; }

    /// <summary>Ends the attempt's command; its status is then that of the failure.</summary>
    public Action EndAttempt { get; set; } = () => { };

    /// <summary>Asks a person whether something that this run did not make may be removed; false without one.</summary>
    public Func<string, bool> MayRemove { get; set; } = _ => false;

    /// <summary>Words of the user's own command line.</summary>
    public ImmutableArray<string> UserWords { get; set; } = [];

    /// <summary>An attempt begins.</summary>
    public void Begin(bool stopsAtErrors)
    {
        Record = AttemptRecord.Begin(stopsAtErrors);
        answers.Begin();
        fetches.Begin();
        pending.Clear();
        heldBack.Clear();
    }

    /// <summary>Removes what an error handler wanted to be gone, after the attempt succeeded all the same.</summary>
    public void RemoveHeldBack()
    {
        var steps = new JournalNode(belongings, node, Screen.Write);
        foreach (var thing in heldBack)
            if (thing.Contains(':', StringComparison.Ordinal))
                Steps.RemoveVolume(steps, thing);
            else
                Steps.RemoveVm(steps, thing);
        heldBack.Clear();
    }

    /// <inheritdoc/>
    public CallAnswer Begin(AnnouncedCall call)
    {
        var asWritten = CommandCall.Read([.. call.Words]);
        Settings = Settings.After(asWritten);
        var command = CommandCall.Read(Replacement.Apply(asWritten));
        if (Record.Refuses(command))
        {
            Record = Record.Refused();
            log.Write($"# not done, because of what failed before: {Redaction.OfCommand(command.Words)}\n");
            if (Record.IsToBeEnded)
                EndAttempt();
            return new CallAnswer(Record.Swallowed!.Status);
        }
        if (command.Kind == CommandKind.Removes && WhyNot(command) is { } why)
        {
            log.Write($"# not done, {why}: {Redaction.OfCommand(command.Words)}\n");
            return new CallAnswer(0);
        }
        if (command.MakesMachine && heldBack.Contains(command.Vmid))
            RemoveHeldBack();
        if (command.Kind is CommandKind.Makes or CommandKind.Changes)
            fetches.IsUnused = false;
        return Prepare(call, command, asWritten);
    }

    /// <inheritdoc/>
    public int Ended(AnnouncedCall call, int status)
    {
        if (!pending.Remove(call.Process, out var waiting))
            return status;
        var result = new CommandResult(waiting.Command, status, Read("out", call.Process), LastLines(Read("err", call.Process)));
        if (status == 137)
            ProcessTable.EndOrphans();
        status = waiting.End?.Invoke(result) ?? result.StatusForCaller;
        result = result with { Status = status == result.StatusForCaller ? result.Status : status };
        Note(result);
        foreach (var kind in new[] { "words", "out", "err" })
            File.Delete(folder.FileOf(kind, call.Process));
        return status;
    }

    private CallAnswer Prepare(AnnouncedCall call, CommandCall command, CommandCall asWritten)
    {
        var words = command.Words.SequenceEqual(asWritten.Words) ? null : (IReadOnlyList<string>)command.Words;
        var plan = command.Program switch
        {
            "curl" or "wget" => fetches.Begin(command, call.Directory),
            "xz" or "unxz" or "gunzip" => fetches.Unpack(command, call.Directory),
            "virt-customize" => fetches.Customize(command, call.Directory),
            "mkdir" => Directories(command, call.Directory),
            "mktemp" => new CallPlan(Copied.Both) { End = TemporaryPlace },
            "whiptail" => Dialog(call, command),
            "apt-get" or "apt" => new CallPlan(Copied.Error) { End = NewPrograms },
            "qemu-img" or "virt-resize" => fetches.Change(command, call.Directory),
            _ when command.IsNodeCommand => NodeCall(call, command),
            _ => new CallPlan(Copied.Error),
        };
        if (plan.Status is { } status)
            return new CallAnswer(status);
        words = plan.Words ?? words;
        pending[call.Process] = new PendingCall(command, plan.End);
        return new CallAnswer(null, plan.Copied, words);
    }

    private CallPlan NodeCall(AnnouncedCall call, CommandCall command)
    {
        if (command.Verb is "qm create" or "qm disk import")
            fetches.KeepCustomized();
        notes.Before(command, call.Directory);
        return new CallPlan(command.IsConversation ? Copied.None : command.Kind == CommandKind.Query ? Copied.Error : Copied.Both)
        {
            End = result =>
            {
                notes.After(result);
                return null;
            },
        };
    }

    private void Note(CommandResult result)
    {
        var line = Redaction.OfCommand(result.Call.Words);
        var entry = $"$ {line}\n";
        if (result.Call.Program is not "whiptail")
        {
            entry += Section(result.Error);
            entry += result.Failed ? Section(result.Output) : "";
        }
        log.Write(entry + (result.Failed ? FormattableString.Invariant($"(exit code {result.Status})\n") : ""));
        Record = Record.After(result, result.Call.Program is "whiptail" ? "whiptail" : line);
        if (result is { Failed: true, Call.Program: "virt-customize" } && EndsAtCustomizing)
            EndAttempt();
    }

    /// <summary>Why a call that stops or removes something is not done now; null when it is.</summary>
    private string? WhyNot(CommandCall command)
    {
        var isVolume = command.Vmid.Length == 0;
        var thing = isVolume ? command.Volume : command.Vmid;
        var request = new RemovalRequest(
            isVolume ? belongings.Volume(thing).IsOurs : belongings.Machine(thing).IsOurs,
            isVolume ? thing.Length == 0 || node.VolumeExists(thing) : node.Configs().Any(c => c.Vmid == thing),
            UserWords.Any(w => w == thing || w.EndsWith("=" + thing, StringComparison.Ordinal)),
            Record.Failed is not null,
            command.Verb is "qm destroy" or "pvesm free");
        if (request.IsHeldBack)
        {
            heldBack.Add(thing);
            return "the user may want to keep it";
        }
        if (request.IsAllowed)
            return null;
        var config = new MachineConfig(isVolume ? "" : node.Config(thing));
        var name = config.Name.Length > 0 ? $" ('{config.Name}')" : "";
        return MayRemove($"{(isVolume ? "Volume" : "VM")} {thing}{name} was not made by this run. Let the script run: {command.Verb} {thing}?")
            ? null
            : "it is not of this run";
    }

    private CallPlan Dialog(AnnouncedCall call, CommandCall command)
    {
        if (!KeptAnswers.CanKeep(command.Words))
            return new CallPlan(Copied.None);
        if (answers.Find(command.Words) is not var (status, answer))
            return new CallPlan(Copied.File)
            {
                End = result =>
                {
                    answers.Keep(command.Words, result.Status, result.Error);
                    return null;
                },
            };
        // The shim shows it.
        File.WriteAllBytes(folder.FileOf("err", call.Process), ByteText.Bytes(answer));
        return new CallPlan(Copied.None) { Status = status };
    }

    /// <summary>Directories that are new are this run's.</summary>
    private CallPlan Directories(CommandCall command, string directory)
    {
        var made = new List<string>();
        foreach (var word in command.Words.Skip(1).Where(w => !w.StartsWith('-')))
        {
            var own = new List<string>();
            for (var path = Absolute(word, directory).TrimEnd('/'); path.Length > 0 && !Path.Exists(ByteText.Path(path)); path = path[..path.LastIndexOf('/')])
                own.Insert(0, path);
            made.AddRange(own);
        }
        return new CallPlan(Copied.Error)
        {
            End = result =>
            {
                foreach (var path in made.Where(p => Directory.Exists(ByteText.Path(p)) && !p.StartsWith(folder.Scratch, StringComparison.Ordinal)))
                    belongings.Journal.Note(JournalWord.Directory, path);
                return null;
            },
        };
    }

    /// <summary>A temporary directory of the command's own: it removes it itself, unless it is killed.</summary>
    private int? TemporaryPlace(CommandResult result)
    {
        var path = result.Output.TrimEnd('\n');
        if (path.StartsWith("/tmp/", StringComparison.Ordinal) || path.StartsWith("/var/tmp/", StringComparison.Ordinal))
            if (RunFolder.IsOwnDirectory(ByteText.Path(path)))
                belongings.Journal.Note(JournalWord.Temp, path);
            else if (FileFacts.Of(ByteText.Path(path)) is { IsFile: true })
                belongings.Journal.Note(JournalWord.Work, path);
        return null;
    }

    private int? NewPrograms(CommandResult result)
    {
        Shims.Write(folder, programs);
        return null;
    }

    private string Read(string kind, int process)
    {
        var file = folder.FileOf(kind, process);
        return File.Exists(file) ? ByteText.From(File.ReadAllBytes(file)) : "";
    }

    /// <summary>The end of a progress bar is what counts.</summary>
    private static string LastLines(string text) =>
        string.Join('\n', text.Split('\n').Select(l => l.TrimEnd('\r')).Select(l => l[(l.LastIndexOf('\r') + 1)..]));

    private static string Section(string text)
    {
        if (text.Length == 0)
            return "";
        var end = text.Length > Model.LogText.TailBytes ? text[^Model.LogText.TailBytes..] : text;
        return Redaction.Of(end).TrimEnd('\n') + "\n";
    }

    /// <summary>A path from the root.</summary>
    internal static string Absolute(string path, string directory) => path.StartsWith('/') ? path : $"{directory.TrimEnd('/')}/{path}";

    private sealed record PendingCall(CommandCall Command, Func<CommandResult, int?>? End);
}

/// <summary>How a call is carried out.</summary>
/// <param name="Copied">What of its output is kept.</param>
internal sealed record CallPlan(Copied Copied)
{
    /// <summary>The status that it gets without running; null to run it.</summary>
    public int? Status { get; init; }

    /// <summary>Other words; null for its own.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>After its end: another status for the caller, or null for the program's.</summary>
    public Func<CommandResult, int?>? End { get; init; }
}
