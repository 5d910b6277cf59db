using VmRecovery.Engine.Deciding;
using System.Globalization;
using VmRecovery.Engine.Effects;
using VmRecovery.Engine.Native;

namespace VmRecovery.Engine.Asking;

/// <summary>The controlling terminal: whiptail's boxes, or without whiptail a prompt.</summary>
/// <param name="folder">Where answers are kept for a moment.</param>
/// <param name="programs">The user's PATH.</param>
/// <param name="timeout">Seconds after which nobody has answered; 0 for no limit.</param>
/// <param name="jobs">Ends what waits for an answer when a signal comes.</param>
internal sealed class TtyTerminal(string folder, SearchPath programs, int timeout, RunningJob jobs) : ITerminal
{
    private const string Tty = "/dev/tty";
    private const int TimeoutStatus = 124;
    private static readonly (int, int) Usual = (24, 80);

    /// <inheritdoc/>
    public bool CanAsk => ProcessTable.HasTerminal();

    /// <inheritdoc/>
    public (int Height, int Width) Size =>
        Run([Tty, null, null], "stty", "size") is (0, var size)
        && size.Split(' ') is [var rows, var columns]
        && int.TryParse(rows, CultureInfo.InvariantCulture, out var height) && height > 0
        && int.TryParse(columns, CultureInfo.InvariantCulture, out var width) && width > 0
            ? (height, Math.Clamp(width, 40, 100))
            : Usual;

    /// <inheritdoc/>
    public Answer Choose(string title, string message, int height, int width, IReadOnlyList<MenuEntry> items)
    {
        if (!HasWhiptail)
            return ChooseByNumber(title, message, items);
        // What does not fit is scrolled to.
        var rows = Math.Min(items.Count, height - 8);
        return Dialog(
        [
            "--title", title, "--default-item", items[0].Tag, "--menu", message, Number(height), Number(width), Number(rows),
            .. items.SelectMany(i => new[] { i.Tag, i.Words }),
        ]);
    }

    /// <inheritdoc/>
    public Answer Confirm(string title, string question, bool isYesDefault, string above = "")
    {
        if (!HasWhiptail)
        {
            var line = Line($"{question} {(isYesDefault ? "[Y/n]" : "[y/N]")} ");
            return line switch
            {
                null => new Answer(Reply.None),
                "" => new Answer(isYesDefault ? Reply.Yes : Reply.No),
                _ => new Answer(line[0] is 'y' or 'Y' ? Reply.Yes : Reply.No),
            };
        }
        var (height, width) = Size;
        width = Math.Min(width, 70);
        var text = Fit(above, question, height, width);
        var rows = Math.Min(Math.Max(7 + TextRows.Count(text, width), 12), height);
        return Dialog(["--title", title, .. isYesDefault ? Array.Empty<string>() : ["--defaultno"], "--yesno", text, Number(rows), Number(width)]);
    }

    /// <inheritdoc/>
    public Answer Value(string title, string proposal)
    {
        if (HasWhiptail)
            return Dialog(["--title", "RECOVERY: " + title, "--inputbox", title, "8", "60", proposal]);
        var line = Line($"{title} [{proposal}]: ");
        return line is null ? new Answer(Reply.None) : new Answer(Reply.Yes, line.Length > 0 ? line : proposal);
    }

    /// <inheritdoc/>
    public void Show(string title, string path)
    {
        var (height, width) = Size;
        if (HasWhiptail)
            Dialog(["--title", title, "--scrolltext", "--textbox", path, Number(height), Number(width)]);
        else
            Put(Screen.Plain(File.ReadAllText(path).Replace("\n", "\r", StringComparison.Ordinal)).Replace('\r', '\n') + "\n");
    }

    // Where the cursor can't be placed, whiptail shows nothing.
    private bool HasWhiptail =>
        programs.Find("whiptail") is not null
        && ProcessEnvironment.Get("TERM") is not (null or "" or "dumb" or "unknown")
        && (programs.Find("tput") is null || Run([null, null, null], "tput", "cup", "0", "0").Status == 0);

    /// <summary>Lines above the question, as many as fit; the newest stand last.</summary>
    private static string Fit(string above, string question, int height, int width)
    {
        while (true)
        {
            var text = above.Length > 0 ? $"{above}\n\n{question}" : question;
            if (7 + TextRows.Count(text, width) <= height || above.Split('\n') is not [_, _, _, ..])
                return text;
            above = above.StartsWith("...\n", StringComparison.Ordinal) ? above[4..] : above;
            above = "...\n" + above[(above.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        }
    }

    private Answer Dialog(IReadOnlyList<string> words)
    {
        Flush();
        string[] limit = timeout > 0 ? ["timeout", "--foreground", Number(timeout)] : [];
        var (_, saved) = Run([Tty, null, null], "stty", "-g");
        var (status, answer) = Run([Tty, Tty, folder + "/answer"], [.. limit, "whiptail", .. words]);
        if (status == TimeoutStatus || jobs.Signal != 0)
            Reset(saved.Length > 0 ? saved : "sane");
        return new Answer(status switch { 0 => Reply.Yes, 1 => Reply.No, _ => Reply.None }, answer);
    }

    /// <summary>A dialog that was ended leaves its box on the screen, and the terminal as it had set it.</summary>
    private void Reset(string saved)
    {
        Run([Tty, null, null], "stty", saved);
        Put("\e[m\e[H\e[J");
    }

    private Answer ChooseByNumber(string title, string message, IReadOnlyList<MenuEntry> items)
    {
        Flush();
        Put($"\n=== {title} ===\n{message}\n\n"
            + string.Concat(items.Select((item, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,3}) {item.Tag,-18} {item.Words}\n"))));
        while (Line("Number (Enter: keep): ") is { Length: > 0 } line)
            if (int.TryParse(line, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= items.Count)
                return new Answer(Reply.Yes, items[number - 1].Tag);
        return new Answer(Reply.None);
    }

    /// <summary>Asks for a line; null when none comes.</summary>
    private unsafe string? Line(string prompt)
    {
        var terminal = Libc.Open(Tty, Libc.OpenReadWrite | Libc.OpenCloseOnExec, 0);
        if (terminal < 0)
            return null;
        Put(prompt);
        var line = new System.Text.StringBuilder();
        var target = new Libc.PollTarget { Descriptor = terminal, Wanted = Libc.InputReady };
        byte letter;
        var waited = 0;
        while (jobs.Signal == 0 && (timeout == 0 || waited < timeout * 1000))
        {
            if (Libc.Poll(&target, 1, 100) <= 0)
            {
                waited += 100;
                continue;
            }
            if (Libc.Read(terminal, &letter, 1) != 1)
                break;
            if (letter == '\n')
            {
                Libc.Close(terminal);
                return line.ToString();
            }
            line.Append((char)letter);
        }
        Libc.Close(terminal);
        return null;
    }

    /// <summary>What was typed before a question is no answer to it.</summary>
    private static void Flush()
    {
        var terminal = Libc.Open(Tty, Libc.OpenReadWrite | Libc.OpenCloseOnExec, 0);
        if (terminal < 0)
            return;
        Libc.FlushTerminal(terminal, Libc.FlushInput);
        Libc.Close(terminal);
    }

    private static void Put(string text)
    {
        var terminal = Libc.Open(Tty, Libc.OpenWrite | Libc.OpenCloseOnExec, 0);
        if (terminal < 0)
            return;
        Screen.WriteTo(terminal, text);
        Libc.Close(terminal);
    }

    /// <summary>Runs a program at the terminal. The answer is what it writes to the last file, or to a file in place of a null.</summary>
    private (int Status, string Answer) Run(string?[] files, params IReadOnlyList<string> words)
    {
        if (programs.Find(words[0]) is not { } path)
            return (127, "");
        const int write = Libc.OpenWrite | Libc.OpenCreate | Libc.OpenTruncate;
        var spare = folder + "/terminal";
        var plan = new SpawnPlan(path, words, ProcessEnvironment.Own)
        {
            Redirections =
            [
                new(0, files[0] ?? "/dev/null", Libc.OpenRead),
                new(1, files[1] ?? spare, files[1] is null ? write : Libc.OpenWrite),
                new(2, files[2] ?? "/dev/null", files[2] is null ? Libc.OpenWrite : write),
            ],
        };
        var status = jobs.Run(plan);
        var result = files[2] ?? spare;
        return (status, File.Exists(result) ? ByteText.From(File.ReadAllBytes(result)).TrimEnd('\n') : "");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
