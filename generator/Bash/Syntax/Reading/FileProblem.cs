using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Finds what makes a whole file unreadable as a script.</summary>
internal static class FileProblem
{
    /// <summary>The one problem of a file that is no script in an encoding that extends ASCII; null for others.</summary>
    public static SyntaxProblem? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return new SyntaxProblem(new TextSpan(0, 2), "the file is encoded in UTF-16", "save it as UTF-8 without a byte order mark");
        var zero = bytes.IndexOf((byte)0);
        if (zero >= 0)
        {
            return new SyntaxProblem(
                new TextSpan(zero, zero + 1), "the file contains a NUL byte: it is no text", "remove the byte, or save the file as UTF-8");
        }
        if (bytes.Contains((byte)'\r') && !bytes.Contains((byte)'\n') && bytes.IndexOf((byte)'\r') < bytes.Length - 1)
        {
            var at = bytes.IndexOf((byte)'\r');
            return new SyntaxProblem(
                new TextSpan(at, at + 1), "the lines of the file end in carriage returns only", "save it with line feeds as line ends");
        }
        return null;
    }
}
