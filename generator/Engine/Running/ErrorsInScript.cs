using System.Text.RegularExpressions;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Running;

/// <summary>Whether a command is a shell script that goes on after errors, as far as its text shows.</summary>
internal static partial class ErrorsInScript
{
    private const int Longest = 262_144;

    /// <summary>False only for a shell script that never switches errexit on.</summary>
    /// <param name="path">The program.</param>
    /// <param name="words">The command's words.</param>
    public static bool StopsAtErrors(string path, IReadOnlyList<string> words)
    {
        if (IsShell(path))
        {
            if (words.Count > 2 && words[1] == "-c")
                return Errexit().IsMatch(words[2]);
            if (words.Skip(1).Any(w => w.StartsWith('-') && !w.StartsWith("--", StringComparison.Ordinal) && w.Contains('e', StringComparison.Ordinal)))
                return true;
            path = words.Skip(1).FirstOrDefault(w => !w.StartsWith('-')) ?? "";
        }
        try
        {
            if (!File.Exists(ByteText.Path(path)))
                return true;
            using var file = File.OpenRead(ByteText.Path(path));
            var bytes = new byte[Math.Min(file.Length, Longest)];
            var text = ByteText.From(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
            return !ShellLine().IsMatch(text) || Errexit().IsMatch(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static bool IsShell(string path) => Path.GetFileName(path) is "bash" or "sh" or "dash" or "ksh" or "zsh";

    [GeneratedRegex(@"\A(\xef\xbb\xbf)?#!.*\b(ba|da|k|z)?sh\b")]
    private static partial Regex ShellLine();

    [GeneratedRegex(@"\A(\xef\xbb\xbf)?#!.*\s-[a-z]*e|(^|[;&\s])set\s+(-[a-zA-Z]*\s+)*(-[a-zA-Z]*e|-[a-zA-Z]*o\s+errexit)|\bcatch_errors\b", RegexOptions.Multiline)]
    private static partial Regex Errexit();
}
