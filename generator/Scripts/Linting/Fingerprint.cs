using System.Security.Cryptography;
using System.Text;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting;

/// <summary>
/// The identity of a finding that outlives other changes of the file: the rule and the statement, not the line.
/// </summary>
internal static class Fingerprint
{
    private const int LongestStatement = 2000;

    /// <summary>Returns 16 hexadecimal digits.</summary>
    public static string Of(LintedScript script, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.Span ?? new TextSpan(0, 0);
        var statement = script.StatementAt(span.Start);
        var text = statement is { Length: <= LongestStatement } whole ? whole : span;
        var normalized = Normalize(script.File.Slice(text));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{diagnostic.Id}\n{normalized}"));
        return Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }

    private static string Normalize(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
