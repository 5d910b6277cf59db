using System.Text;

namespace VmRecovery.Cli.Explain;

/// <summary>Lines that are written many at a time, and soon all the same: somebody may wait for the answer to one line.</summary>
internal sealed class BatchOutput : IDisposable
{
    private const int Many = 32_768;
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);
    private readonly Lock gate = new();
    private readonly StringBuilder pending = new();
    private readonly TextWriter output;
    private readonly Timer timer;

    public BatchOutput(TextWriter output)
    {
        this.output = output;
        timer = new Timer(_ => Flush(), null, Soon, Soon);
    }

    /// <summary>Writes a line.</summary>
    public void WriteLine(string line)
    {
        lock (gate)
        {
            pending.Append(line).Append('\n');
            if (pending.Length > Many)
                Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer.Dispose();
        Flush();
    }

    private void Flush()
    {
        lock (gate)
        {
            if (pending.Length == 0)
                return;
            output.Write(pending.ToString());
            output.Flush();
            pending.Clear();
        }
    }
}
