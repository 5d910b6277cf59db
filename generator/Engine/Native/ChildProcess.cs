using System.Runtime.InteropServices;

namespace VmRecovery.Engine.Native;

/// <summary>
/// A program that shares the terminal, the process group and the signals of this process, as under a shell: .NET's own
/// way leaves SIGPIPE ignored in it and can't leave a descriptor as it is.
/// </summary>
/// <param name="Id">Its process id.</param>
internal sealed unsafe record ChildProcess(int Id)
{
    private const int OpaqueSize = 1024;

    /// <summary>Starts a program.</summary>
    /// <param name="plan">The program and what it gets.</param>
    /// <returns>The process; null with the error number when the system refuses.</returns>
    public static (ChildProcess? Child, int Error) Start(SpawnPlan plan)
    {
        var actions = stackalloc byte[OpaqueSize];
        var attributes = stackalloc byte[OpaqueSize];
        var set = stackalloc byte[OpaqueSize];
        using var words = new NativeWords(plan.Words);
        using var environment = new NativeWords(plan.Environment);
        using var paths = new NativeWords([plan.Path, .. plan.Redirections.Select(r => r.Path)]);
        Libc.ActionsBegin(actions);
        for (var i = 0; i < plan.Redirections.Count; i++)
            Libc.ActionsOpen(actions, plan.Redirections[i].Descriptor, paths.Pointer[i + 1], plan.Redirections[i].Flags, 0b110_000_000);
        Libc.AttributesBegin(attributes);
        Libc.SignalSetEmpty(set);
        Libc.AttributesMask(attributes, set);
        Libc.SignalSetAdd(set, Signals.Pipe);
        Libc.AttributesDefault(attributes, set);
        Libc.AttributesFlags(attributes, Libc.SpawnSetSignalDefault | Libc.SpawnSetSignalMask);
        int process;
        var error = Libc.Spawn(&process, paths.Pointer[0], actions, attributes, words.Pointer, environment.Pointer);
        Libc.ActionsEnd(actions);
        Libc.AttributesEnd(attributes);
        return error == 0 ? (new ChildProcess(process), 0) : (null, error);
    }

    /// <summary>Replaces this process by a program: only returns, with the error number, when the system refuses.</summary>
    public static int Become(SpawnPlan plan)
    {
        var set = stackalloc byte[OpaqueSize];
        using var words = new NativeWords(plan.Words);
        using var environment = new NativeWords(plan.Environment);
        using var path = new NativeWords([plan.Path]);
        Libc.Signal(Signals.Pipe, 0);
        Libc.SignalSetEmpty(set);
        Libc.SignalMask(2, set, null);
        Libc.Execute(path.Pointer[0], words.Pointer, environment.Pointer);
        return Marshal.GetLastPInvokeError();
    }

    /// <summary>Waits for its end on this thread; one that is stopped is waited for.</summary>
    /// <returns>Its status, as a shell has it: 128 + n for a signal.</returns>
    public int Wait()
    {
        int status;
        while (true)
        {
            var ended = Libc.Wait(Id, &status, Libc.StoppedToo);
            if (ended < 0 && Marshal.GetLastPInvokeError() == 4)
                continue;
            if (ended < 0)
                return 255;
            if ((status & 0xff) != 0x7f)
                return (status & 0x7f) is var signal and not 0 ? 128 + signal : (status >> 8) & 0xff;
        }
    }
}

/// <summary>A file that a program gets as one of its descriptors.</summary>
internal sealed record Redirection(int Descriptor, string Path, int Flags);

/// <summary>A program, its words and its environment, one character a byte.</summary>
internal sealed record SpawnPlan(string Path, IReadOnlyList<string> Words, IReadOnlyList<string> Environment)
{
    /// <summary>Files for its descriptors; the others stay as they are here.</summary>
    public IReadOnlyList<Redirection> Redirections { get; init; } = [];
}

/// <summary>Words in native memory, as execve takes them.</summary>
internal sealed unsafe class NativeWords : IDisposable
{
    private readonly int count;

    public NativeWords(IReadOnlyList<string> words)
    {
        count = words.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < count; i++)
        {
            var bytes = ByteText.Bytes(words[i]);
            Pointer[i] = (byte*)NativeMemory.AllocZeroed((nuint)bytes.Length + 1);
            Marshal.Copy(bytes, 0, (nint)Pointer[i], bytes.Length);
        }
    }

    public byte** Pointer { get; }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
            NativeMemory.Free(Pointer[i]);
        NativeMemory.Free(Pointer);
    }
}
