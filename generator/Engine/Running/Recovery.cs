using VmRecovery.Engine.Deciding;
using System.Globalization;
using VmRecovery.Engine.Asking;
using VmRecovery.Engine.Calls;
using VmRecovery.Engine.Cleaning;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Flow;
using VmRecovery.Model.Journal;
using VmRecovery.Model.Ownership;

namespace VmRecovery.Engine.Running;

/// <summary>One run of a command with recovery around it: the policy's state machine, and the effects of its steps.</summary>
internal sealed class Recovery
{
    private readonly RunRequest request;
    private readonly IRunPolicy policy;
    private readonly IAttempt attempt;
    private readonly INodeView node;
    private readonly ITerminal terminal;
    private readonly RunFolder folder;
    private readonly ErrorLog log;
    private readonly Belongings belongings;
    private readonly CleanUp cleanUp;
    private readonly Preparation preparation;
    private readonly Unseen unseen;
    private readonly WatchedCalls calls;
    private readonly Answers answers;
    private readonly Func<int> signal;
    private FailureReport failure = new("", 0, "", 0, 0, false, false);
    private RunDecision? decision;
    private string choice = "";
    private int status;

    public Recovery(RunRequest request, IRunPolicy policy, Answers answers, RunParts parts)
    {
        this.request = request;
        this.policy = policy;
        this.answers = answers;
        (attempt, node, terminal, folder, log, signal) = (parts.Attempt, parts.Node, parts.Terminal, parts.Folder, parts.Log, parts.Signal);
        (belongings, calls) = (parts.Belongings, parts.Calls);
        cleanUp = new CleanUp(belongings, node, Say);
        preparation = new Preparation(calls, belongings, node, MayAsk ? terminal : null, Say);
        unseen = new Unseen(node);
        calls.UserWords = request.Command;
        calls.MayRemove = question => MayAsk && terminal.Confirm("RECOVERY: not of this run", question, isYesDefault: false).Reply == Reply.Yes;
    }

    private bool MayAsk => answers.Asks && terminal.CanAsk;

    /// <summary>Runs until it is over.</summary>
    /// <returns>The exit status.</returns>
    public int Run()
    {
        var flow = RunFlow.Begin(MayAsk);
        while (!flow.IsOver)
            flow = flow.Next(Event(flow) is var what && signal() != 0 ? FlowEvent.Signalled : what);
        switch (flow.Step)
        {
            case FlowStep.EndAborted:
                EndAborted();
                break;
            case FlowStep.EndInSuccess:
                calls.RemoveHeldBack();
                TellPassedOver();
                log.Remove();
                break;
            case FlowStep.EndKept:
                EndKept();
                break;
            case FlowStep.EndBySignal:
                EndBySignal();
                break;
        }
        Close();
        // One that came after everything was done is the caller's to hear.
        return signal() != 0 && flow.Step != FlowStep.EndInSuccess ? 128 + signal() : status;
    }

    private FlowEvent Event(RunFlow flow) => flow.Step switch
    {
        FlowStep.Attempt => Attempt(flow),
        FlowStep.Ask => Ask(flow),
        FlowStep.Prepare => preparation.Carry(choice),
        _ => CleanUpForRetry(),
    };

    private FlowEvent Attempt(RunFlow flow)
    {
        log.BeginAttempt(flow.RetriesUsed + 1);
        File.WriteAllBytes(folder.Begun, []);
        calls.EndsAtCustomizing = !preparation.FirstBoot && attempt.CanFallBackToFirstBoot
            && flow.RetriesUsed < request.MaxRetries && (MayAsk || answers.Ids.ElementAtOrDefault(flow.Failures) is not (null or "keep"));
        status = attempt.Run(preparation);
        status = calls.Record.StatusOf(status);
        if (status == 0)
            return FlowEvent.Succeeded;
        File.WriteAllBytes(folder.Ended, []);
        var (command, failed) = calls.Record.Failure(status);
        failure = new FailureReport(
            command, failed, log.Tail, flow.RetriesUsed, request.MaxRetries, calls.Record.KeysSent, attempt.CanFallBackToFirstBoot);
        var all = policy.Decide(failure);
        decision = all with { Options = [.. all.Options.Where(o => preparation.CanAct(o.Tag))] };
        return FlowEvent.Failed;
    }

    private FlowEvent Ask(RunFlow flow)
    {
        if (MayAsk)
        {
            var answer = new RecoveryScreen(terminal).Ask(decision!, failure, status, preparation.Notice);
            // Cancel and Esc in the menu itself mean keep.
            choice = answer.Reply == Reply.Yes ? answer.Text : "keep";
            if (preparation.Notice.Length == 0)
                TellFailure();
        }
        else
        {
            choice = answers.For(flow.Failures - 1, [.. decision!.Options.Select(o => o.Tag)]);
            TellFailure();
            if (!answers.Asks)
                Say($"VM_RECOVERY decides: {choice}");
        }
        log.Write($"# chosen: {choice}\n");
        if (choice == "view-log")
        {
            terminal.Show("RECOVERY: " + log.Path, log.Path);
            return Ask(flow);
        }
        return choice switch
        {
            "keep" => FlowEvent.KeepChosen,
            "abort" => FlowEvent.AbortChosen,
            _ => FlowEvent.RetryChosen,
        };
    }

    private FlowEvent CleanUpForRetry()
    {
        // A download that came, and then was no image, is not used again.
        if (decision!.Class == "download" && failure.Command.Split(' ')[0] is not ("curl" or "wget")
            || calls.Record.Failed is null && calls.Fetches.IsUnused)
            calls.Kept.Forget(_ => true);
        cleanUp.Run(forRetry: true);
        RemoveTemporary();
        cleanUp.Forget();
        return FlowEvent.CleanedUp;
    }

    private void RemoveTemporary()
    {
        foreach (var directory in belongings.Journal.Entries.NewestFirst(JournalWord.Temp))
            OwnDirectory.Remove(ByteText.Path(directory));
    }

    private void EndAborted()
    {
        Say("Removing what this run created.");
        RemoveTemporary();
        var isGone = cleanUp.Run(forRetry: false) && !OwnDirectory.HoldsMount(folder.Scratch);
        unseen.Tell(belongings.Journal.Entries, Say);
        Say(isGone
            ? $"Everything this run created was removed. The log is {log.Path}"
            : $"Not everything could be removed; what is still there is named. The log is {log.Path}");
    }

    private void EndBySignal()
    {
        status = 128 + signal();
        log.Write(string.Create(CultureInfo.InvariantCulture, $"# ended by signal {signal()}\n"));
        Say("Stopped by a signal.");
        if (answers.KeepsOnSignal)
        {
            EndKept();
            return;
        }
        RemoveTemporary();
        cleanUp.Run(forRetry: false);
        unseen.Tell(belongings.Journal.Entries, Say);
    }

    /// <summary>Leaves the VM and says how to reach, inspect and remove it.</summary>
    private void EndKept()
    {
        var machines = belongings.Machines;
        foreach (var vmid in machines)
            TellKept(vmid);
        if (machines.IsEmpty)
            Say("No VM was created; nothing is removed.");
        TellVolumes();
        unseen.Tell(belongings.Journal.Entries, Say);
        cleanUp.RemoveWorkFiles();
        Say($"The log is {log.Path}");
    }

    private void TellKept(string vmid)
    {
        if (belongings.Machine(vmid).Config.IsLockedByCreation)
        {
            Say($"VM {vmid} is kept as it is, a lock and no more: making it was cut off.");
            Say($"  remove it:   qm destroy {vmid} --skiplock 1 --purge 1");
            return;
        }
        Say($"VM {vmid} is kept as it is.");
        Say($"  look at it:  qm config {vmid}; qm status {vmid}");
        Say($"  start it:    qm start {vmid}");
        Say($"  its console: qm terminal {vmid}, or the web interface");
        Say($"  remove it:   qm stop {vmid}; qm destroy {vmid} --purge 1");
    }

    /// <summary>Names the volumes that this run made, also where a command was cut off before it said so: the journal goes.</summary>
    private void TellVolumes()
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        var entries = belongings.Journal.Entries;
        void Tell(string volume, string perhaps)
        {
            if (told.Add($"{VolumeName.Storage(volume)}:{VolumeName.Last(volume)}") && !belongings.Volume(volume).IsAnothers)
                Say($"  {perhaps}its volume:  {volume} (pvesm free {volume})");
        }
        foreach (var line in entries.Lines.Where(l => l.Word == JournalWord.Volume))
            Tell(line.Value, "");
        foreach (var line in entries.Lines.Where(l => l.Word == JournalWord.Name && !told.Contains($"{l.Storage}:{VolumeName.Last(l.Value)}")))
            foreach (var volume in belongings.Named(line) ?? [line.Value])
                Tell(volume, "");
        foreach (var line in entries.Lines.Where(l => l.Word == JournalWord.Alloc && entries.IsOpen(JournalWord.Alloc, JournalWord.AllocEnded, l.Value)))
            foreach (var volume in belongings.Named(line) ?? [line.Value])
                Tell(volume, belongings.Volume(volume).IsOurs ? "" : "perhaps ");
        foreach (var line in entries.Lines.Where(l => l.Word == JournalWord.Import))
        {
            if (belongings.CutOff(line) is not var (ours, perhaps))
            {
                Say($"  perhaps a volume of it on {line.Storage}, which did not answer");
                continue;
            }
            foreach (var volume in ours)
                Tell(volume, "");
            foreach (var volume in perhaps)
                Tell(volume, "perhaps ");
        }
    }

    private void TellFailure()
    {
        Say($"{decision!.Words} {RecoveryScreen.Failed(failure, status)}");
        Say(decision.Advice);
        if (decision.Cause.Length > 0)
            log.Write($"# cause: {decision.Class}, {decision.Cause}\n");
    }

    /// <summary>After success: what the script did not mind, but its user may.</summary>
    private void TellPassedOver()
    {
        foreach (var line in calls.Record.PassedOver.Distinct())
            Say($"The script went on although this failed: {line}");
    }

    private void Close()
    {
        foreach (var part in belongings.Journal.Entries.NewestFirst(JournalWord.Part))
            if (File.Exists(ByteText.Path(part)))
                File.Delete(ByteText.Path(part));
        OwnDirectory.Remove(folder.Scratch);
        OwnDirectory.Remove(folder.Path);
    }

    private void Say(string line)
    {
        Screen.Write(line);
        log.Write($"# {Screen.Plain(line)}\n");
    }
}

/// <summary>What a run works with.</summary>
internal sealed record RunParts(
    IAttempt Attempt, INodeView Node, ITerminal Terminal, RunFolder Folder, ErrorLog Log, Belongings Belongings, WatchedCalls Calls, Func<int> Signal);

/// <summary>Runs the command once.</summary>
internal interface IAttempt
{
    /// <summary>Whether the command itself can install its software at the guest's first boot.</summary>
    bool CanFallBackToFirstBoot { get; }

    /// <summary>Runs it to its end.</summary>
    /// <returns>Its status.</returns>
    int Run(Preparation preparation);
}
