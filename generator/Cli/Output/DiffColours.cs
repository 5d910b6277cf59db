namespace VmRecovery.Cli.Output;

/// <summary>Colours a unified diff for a terminal.</summary>
internal static class DiffColours
{
    /// <summary>Returns the diff with added lines in green, removed ones in red, and heads in bold.</summary>
    public static string Apply(string diff) => string.Join('\n', diff.Split('\n').Select(Line));

    private static string Line(string line) =>
        line switch
        {
            ['+', '+', '+', ..] or ['-', '-', '-', ..] => $"\e[1m{line}\e[0m",
            ['@', '@', ..] => $"\e[36m{line}\e[0m",
            ['+', ..] => $"\e[32m{line}\e[0m",
            ['-', ..] => $"\e[31m{line}\e[0m",
            _ => line,
        };
}
