namespace VmRecovery.Engine.Effects;

/// <summary>Words as a shell reads them back.</summary>
internal static class ShellWord
{
    private const string Plain = "_./:=@%+,-";

    /// <summary>Quotes a word where it needs to be.</summary>
    public static string Quote(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
