using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads scripts.</summary>
internal static class Reader
{
    public static BashSyntaxTree Read(ReadOnlyMemory<byte> source) =>
        new(source, new Script(new TextSpan(0, source.Length), []), [], [], []);
}
