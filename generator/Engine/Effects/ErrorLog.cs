using System.Globalization;
using VmRecovery.Engine.Native;
using VmRecovery.Model;

namespace VmRecovery.Engine.Effects;

/// <summary>The log of a run: mode 0600, on a file that was not there before, without secrets.</summary>
internal sealed class ErrorLog
{
    private readonly TimeProvider clock;
    private string attempt = "";

    private ErrorLog(string path, TimeProvider clock)
    {
        Path = path;
        this.clock = clock;
    }

    /// <summary>Where it lies.</summary>
    public string Path { get; }

    /// <summary>The end of what this attempt wrote.</summary>
    public string Tail => attempt;

    /// <summary>Makes the file.</summary>
    /// <param name="path">Where; with another ending when something is there already.</param>
    /// <param name="run">The run's name, for that ending.</param>
    /// <param name="clock">The clock.</param>
    /// <returns>The log; null when it can't be written.</returns>
    public static ErrorLog? Create(string path, string run, TimeProvider clock)
    {
        foreach (var candidate in new[] { path, $"{path}.{run}" })
        {
            var file = Libc.Open(
                candidate, Libc.OpenWrite | Libc.OpenCreate | Libc.OpenExclusive | Libc.OpenNoFollow | Libc.OpenCloseOnExec, 0b110_000_000);
            if (file < 0)
                continue;
            Libc.Close(file);
            if (candidate != path)
                Screen.Write($"{path} exists and is left alone; the log is {candidate}");
            return new ErrorLog(candidate, clock);
        }
        return null;
    }

    /// <summary>Begins the section of an attempt.</summary>
    public void BeginAttempt(int number)
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"\n== attempt {number}, {clock.GetLocalNow():yyyy-MM-dd HH:mm:ss}\n"));
        attempt = "";
    }

    /// <summary>Writes text that has no secrets.</summary>
    public void Write(string text)
    {
        attempt += text;
        if (attempt.Length > 4 * LogText.TailBytes)
            attempt = attempt[^LogText.TailBytes..];
        try
        {
            using var file = new FileStream(Path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
            file.Write(ByteText.Bytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk may be what failed; the recovery goes on without its log.
        }
    }

    /// <summary>Removes the file.</summary>
    public void Remove() => File.Delete(Path);
}
