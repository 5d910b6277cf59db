using System.Runtime.CompilerServices;

namespace VmRecovery.Tests.Simulated;

/// <summary>One line of reference/pve-observed.md as a transcript: a node, a command, and all that it says and does.</summary>
/// <remarks>
/// The signs at the start of a line: <c>@</c> the name of a case, <c>&lt;</c> a command that prepares the node, <c>~</c> a change of
/// the node (see <see cref="ObservedNode"/>), <c>*</c> a fault, <c>$</c> the command, <c>&gt;</c> and <c>!</c> a line of stdout and
/// of stderr, <c>?</c> the exit code when it is not 0, <c>=</c> an effect, <c>#</c> a comment. <c>…</c> stands for any text.
/// </remarks>
internal sealed record ObservedCase(string File, string Name)
{
    private static readonly string Folder = Path.Combine(Here(), "observed");

    public List<string> Preparations { get; } = [];

    public string? Fault { get; private set; }

    public string Command { get; private set; } = "";

    public List<string> Output { get; } = [];

    public List<string> Error { get; } = [];

    public int ExitCode { get; private set; }

    public List<string> Effects { get; } = [];

    /// <summary>The cases of some files: the ones that need a fault, or all others.</summary>
    public static IEnumerable<ObservedCase> All(bool withFault) =>
        Directory.GetFiles(Folder, "*.txt").Order(StringComparer.Ordinal).SelectMany(Read).Where(c => c.Fault is not null == withFault);

    /// <summary>The case of that file and name.</summary>
    public static ObservedCase Find(string file, string name) =>
        Read(Path.Combine(Folder, file)).Single(c => c.Name == name);

    private static IEnumerable<ObservedCase> Read(string path)
    {
        var cases = new List<ObservedCase>();
        foreach (var line in System.IO.File.ReadLines(path).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var text = line.Length > 2 ? line[2..] : "";
            if (line[0] == '@')
                cases.Add(new ObservedCase(Path.GetFileName(path), text));
            else if (cases.Count == 0 || !cases[^1].Add(line[0], text))
                throw new FormatException($"{path}: '{line}': an unknown sign, or no case yet");
        }
        return cases;
    }

    private bool Add(char sign, string text)
    {
        switch (sign)
        {
            case '<':
                Preparations.Add(text);
                return true;
            case '~':
                Preparations.Add("~" + text);
                return true;
            case '*':
                Fault = text;
                return true;
            case '$':
                Command = text;
                return true;
            case '>':
                Output.Add(text);
                return true;
            case '!':
                Error.Add(text);
                return true;
            case '?':
                ExitCode = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
                return true;
            case '=':
                Effects.Add(text);
                return true;
            default:
                return false;
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
