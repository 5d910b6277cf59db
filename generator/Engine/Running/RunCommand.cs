using VmRecovery.Engine.Deciding;
using System.Globalization;
using System.Runtime.InteropServices;
using VmRecovery.Engine.Asking;
using VmRecovery.Engine.Calls;
using VmRecovery.Engine.Cleaning;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;
using VmRecovery.Model.Flow;
using VmRecovery.Model.Journal;

namespace VmRecovery.Engine.Running;

/// <summary><c>run</c>: a command, with recovery around it, or without where that can't be.</summary>
/// <param name="request">What is asked.</param>
/// <param name="policy">The policy.</param>
/// <param name="clock">The clock.</param>
internal sealed class RunCommand(RunRequest request, IRunPolicy policy, TimeProvider clock)
{
    private const int BadInput = 2;
    private readonly SearchPath programs = new(ProcessEnvironment.Get("PATH") ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    /// <summary>Runs it.</summary>
    /// <returns>The exit status; it does not return where the command takes this process's place.</returns>
    public int Run()
    {
        if (programs.Find(request.Command[0]) is not { } path)
            return Missing();
        if (request.Recovery == Answers.Off)
            return Become(path);
        if (ProcessEnvironment.Get(CommandAttempt.Marker) is { Length: > 0 } outer && Directory.Exists(outer))
        {
            Screen.Write("vmrecovery: run: this is inside a run already, which looks after it; the command runs as it is");
            return Become(path);
        }
        var (answers, complaint) = Answers.Parse(request.Recovery, policy.OptionIds);
        if (answers is null)
        {
            Screen.Write($"vmrecovery: run: VM_RECOVERY has '{complaint}'; it takes off, ask, or one or more of: {string.Join(", ", policy.OptionIds)}");
            return BadInput;
        }
        if (RunFolder.Open(request.Home) is not { } folder)
        {
            Screen.Write($"vmrecovery: run: can't write to {request.Home} or /tmp, so there is no recovery; the command runs as it is");
            return Become(path);
        }
        return Run(path, answers, folder);
    }

    /// <summary>What would be done.</summary>
    public int Describe()
    {
        if (programs.Find(request.Command[0]) is not { } path)
            return Missing();
        var watched = Model.Commands.ProgramCall.Watched.Where(p => programs.Find(p) is not null).ToList();
        Screen.WriteTo(1, $"""
            would run     {string.Join(' ', request.Command.Select(ShellWord.Quote))}
            program       {path}
            watched       {(watched.Count > 0 ? string.Join(' ', watched) : "none of the programs whose failures matter is installed")}
            journal       {request.Home}
            log           {request.Log ?? "/tmp/vm-install-run.PID.log"}, removed after success
            after errors  {(ErrorsInScript.StopsAtErrors(path, request.Command) ? "the command is taken to stop by itself" : "the script goes on: it is stopped at the next change")}
            on a failure  {(request.Recovery is "" or "ask" ? "ask at the terminal; without one: keep" : request.Recovery)}
            retries       {request.MaxRetries.ToString(CultureInfo.InvariantCulture)}

            """);
        return 0;
    }

    private int Run(string path, Answers answers, RunFolder folder)
    {
        var name = Path.GetFileName(folder.Path);
        var wanted = request.Log ?? string.Create(CultureInfo.InvariantCulture, $"/tmp/vm-install-run.{Libc.ProcessId()}.log");
        var log = ErrorLog.Create(ByteText.Path(wanted), name, clock);
        if (log is null)
        {
            Remove(folder);
            Screen.Write($"vmrecovery: run: can't write the log to {wanted}, so there is no recovery; the command runs as it is");
            return Become(path);
        }
        var (attempts, dialogs) = (new RunningJob(), new RunningJob());
        var parts = Connect(path, folder, log, attempts, dialogs);
        using var signals = new SignalWatch(attempts, dialogs);
        try
        {
            new DeadRuns(request.Home, parts.Node, answers.Asks && parts.Terminal.CanAsk ? parts.Terminal : null, Screen.Write).Offer();
            return new Recovery(request, policy, answers, parts).Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Screen.Write($"vmrecovery: run: {ByteText.FromUnicode(e.Message)}; what this run made stands in {folder.Journal}");
            return 1;
        }
    }

    private RunParts Connect(string path, RunFolder folder, ErrorLog log, RunningJob attempts, RunningJob dialogs)
    {
        File.WriteAllBytes(folder.Journal, []);
        var journal = new JournalFile(folder.Journal);
        journal.Note(JournalWord.Scratch, ByteText.FromUnicode(folder.Scratch));
        var node = new ProxmoxNode(new NodeProgram(folder.Path, programs), log);
        var terminal = new TtyTerminal(folder.Path, programs, request.Timeout, dialogs);
        var belongings = new Belongings(journal, node, folder.Begun, folder.Ended, isDead: false);
        var calls = new WatchedCalls(folder, belongings, node, log, programs);
        Shims.Write(folder, programs);
        new CallServer(folder, calls).Start();
        // A watched program as the command itself is called by way of its shim.
        var shim = $"{folder.Shims}/{request.Command[0]}";
        var program = File.Exists(shim) && !request.Command[0].Contains('/', StringComparison.Ordinal) ? ByteText.FromUnicode(shim) : path;
        var attempt = new CommandAttempt(program, request.Command, folder, calls, attempts);
        return new RunParts(attempt, node, terminal, folder, log, belongings, calls, () => attempts.Signal);
    }

    private int Missing()
    {
        var status = programs.StatusOfMissing(request.Command[0]);
        Screen.Write($"vmrecovery: run: {request.Command[0]}: {(status == 127 ? "command not found" : "cannot be run: no permission, or a folder")}");
        return status;
    }

    private int Become(string path)
    {
        var error = ChildProcess.Become(new SpawnPlan(path, request.Command, ProcessEnvironment.Own));
        // A file without a first line that names its interpreter is a shell script, as for a shell.
        if (error == RunningJob.NoInterpreter)
            error = ChildProcess.Become(new SpawnPlan("/bin/bash", ["bash", path, .. request.Command.Skip(1)], ProcessEnvironment.Own));
        Screen.Write($"vmrecovery: run: {request.Command[0]}: {Marshal.GetPInvokeErrorMessage(error)}");
        return 126;
    }

    private static void Remove(RunFolder folder)
    {
        Directory.Delete(folder.Scratch, recursive: true);
        Directory.Delete(folder.Path, recursive: true);
    }
}
