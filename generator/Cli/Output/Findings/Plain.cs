namespace VmRecovery.Cli.Output.Findings;

/// <summary>Text of a script made safe to show.</summary>
internal static class Plain
{
    /// <summary>Replaces control characters but the tab: a source must not drive the user's terminal.</summary>
    public static string Of(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '\uFFFD' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c != '\t';
}
