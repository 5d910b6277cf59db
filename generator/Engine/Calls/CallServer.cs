using System.Globalization;
using System.Text;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Calls;

/// <summary>A call that a shim announces.</summary>
/// <param name="Process">The shim's process.</param>
/// <param name="Words">The words, one character a byte.</param>
/// <param name="Directory">Where it is called.</param>
internal sealed record AnnouncedCall(int Process, IReadOnlyList<string> Words, string Directory);

/// <summary>What a shim is to keep of a program's output.</summary>
internal enum Copied
{
    /// <summary>Nothing: somebody talks to it.</summary>
    None,

    /// <summary>Its messages.</summary>
    Error,

    /// <summary>Messages and output.</summary>
    Both,

    /// <summary>Its messages, shown when it has ended: the answer of a dialog.</summary>
    File,
}

/// <summary>The answer to an announced call.</summary>
/// <param name="Status">The status to exit with; null to run the program.</param>
/// <param name="Copied">What to keep of its output.</param>
/// <param name="Words">Other words to run it with; null for its own.</param>
internal sealed record CallAnswer(int? Status, Copied Copied = Copied.Error, IReadOnlyList<string>? Words = null);

/// <summary>Decides about calls.</summary>
internal interface ICallListener
{
    /// <summary>A call is about to begin.</summary>
    CallAnswer Begin(AnnouncedCall call);

    /// <summary>A call has ended.</summary>
    /// <returns>The status that its caller gets.</returns>
    int Ended(AnnouncedCall call, int status);
}

/// <summary>Listens to the shims of one run, through a pipe that lies in the run's directory.</summary>
internal sealed class CallServer(RunFolder folder, ICallListener listener)
{
    private readonly Dictionary<int, AnnouncedCall> calls = [];

    /// <summary>Begins to listen on a thread of its own.</summary>
    public void Start()
    {
        // For both: the pipe never ends, however many writers come and go.
        var pipe = Libc.Open(folder.Calls, Libc.OpenReadWrite | Libc.OpenCloseOnExec, 0);
        new Thread(() => Listen(pipe)) { IsBackground = true, Name = "calls" }.Start();
    }

    private unsafe void Listen(int pipe)
    {
        var pending = new StringBuilder();
        var buffer = stackalloc byte[4096];
        while (true)
        {
            var length = (int)Libc.Read(pipe, buffer, 4096);
            if (length <= 0)
                continue;
            pending.Append(ByteText.From(new ReadOnlySpan<byte>(buffer, length)));
            var lines = pending.ToString().Split('\n');
            pending.Clear().Append(lines[^1]);
            foreach (var line in lines[..^1])
                Handle(line.Split(' '));
        }
    }

    private void Handle(string[] fields)
    {
        if (fields is not [var what, var process, var descriptor, ..] || !int.TryParse(process, CultureInfo.InvariantCulture, out var id))
            return;
        try
        {
            if (what == "begin")
                Answer(id, descriptor, Begin(id));
            else if (what == "ended" && calls.Remove(id, out var call) && int.TryParse(fields[3], CultureInfo.InvariantCulture, out var status))
                Answer(id, descriptor, FormattableString.Invariant($"exit {listener.Ended(call, status)}"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The shim was killed meanwhile, or the disk is full: the program itself is not to suffer.
            Answer(id, descriptor, what == "begin" ? "run error" : "exit " + fields[3]);
        }
    }

    private string Begin(int id)
    {
        var words = folder.FileOf("words", id);
        var directory = File.ResolveLinkTarget(FormattableString.Invariant($"/proc/{id}/cwd"), returnFinalTarget: false)?.FullName ?? "/";
        var call = new AnnouncedCall(id, ByteText.SplitNul(File.ReadAllBytes(words)), ByteText.FromUnicode(directory));
        var answer = listener.Begin(call);
        if (answer.Status is { } status)
            return FormattableString.Invariant($"exit {status}");
        calls[id] = call;
        var copied = answer.Copied.ToString().ToLowerInvariant();
        if (answer.Words is null)
            return "run " + copied;
        calls[id] = call with { Words = answer.Words };
        File.WriteAllBytes(words, ByteText.Bytes(string.Concat(answer.Words.Select(w => w + "\0"))));
        return "words " + copied;
    }

    private void Answer(int process, string descriptor, string answer)
    {
        var fallback = folder.FileOf("answers", process);
        var path = File.Exists(fallback) ? fallback : FormattableString.Invariant($"/proc/{process}/fd/{descriptor}");
        var pipe = Libc.Open(path, Libc.OpenWrite | Libc.OpenNonBlocking | Libc.OpenCloseOnExec, 0);
        if (pipe < 0)
            return;
        Screen.WriteTo(pipe, answer + "\n");
        Libc.Close(pipe);
    }
}
