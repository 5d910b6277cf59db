using System.Text;
using VmRecovery.Bash.Text;

namespace VmRecovery.Diagnostics;

/// <summary>A text file in memory: its name as shown to users, its bytes and its lines.</summary>
public sealed class SourceFile
{
    private readonly Lazy<LineMap> lines;

    /// <summary>Wraps the bytes of a file; they are not copied and must not change.</summary>
    public SourceFile(string path, byte[] content)
    {
        Path = path;
        Content = content;
        lines = new Lazy<LineMap>(() => new LineMap(content));
    }

    /// <summary>Path as the user gave it, or relative to the project.</summary>
    public string Path { get; }

    /// <summary>The bytes.</summary>
    public byte[] Content { get; }

    /// <summary>The lines; found at the first use.</summary>
    public LineMap Lines => lines.Value;

    /// <summary>The whole content as UTF-8 text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>Returns a part as UTF-8 text.</summary>
    public string Slice(TextSpan span) => Encoding.UTF8.GetString(Content, span.Start, span.Length);

    /// <summary>Returns a line (from 1) as text, without its ending and without a byte order mark.</summary>
    public string LineText(int line) => Slice(Lines.LineSpan(line)).TrimStart('\uFEFF');

    /// <inheritdoc/>
    public override string ToString() => Path;
}
