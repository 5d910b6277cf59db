using System.Globalization;
using VmRecovery.Node.Simulated.Commands;

namespace VmRecovery.Node.Simulated.Sandbox;

/// <summary>One dialog that a script showed, and what was answered.</summary>
internal sealed record Dialog(string Title, string Kind, string Text, IReadOnlyList<string> Tags, string Answer);

/// <summary>
/// Stands in for whiptail: says yes, takes the default, and answers the dialogs that are planned. Thread-safe.
/// </summary>
internal sealed class Dialogs
{
    private readonly Lock gate = new();
    private readonly List<Dialog> shown = [];
    private readonly List<(string Title, Queue<string> Answers)> planned = [];

    /// <summary>The dialogs so far.</summary>
    public IReadOnlyList<Dialog> Shown
    {
        get
        {
            lock (gate)
                return [.. shown];
        }
    }

    /// <summary>
    /// Plans the answers to the dialogs whose title contains a text, one after another: a tag, a text, <c>yes</c>,
    /// <c>no</c> or <c>esc</c>. When they are used up the defaults are taken.
    /// </summary>
    public void Answer(string title, params IEnumerable<string> answers)
    {
        lock (gate)
            planned.Add((title, new Queue<string>(answers)));
    }

    /// <summary>Runs one whiptail command line.</summary>
    /// <returns>Its exit code, what it prints, and the file descriptor for that.</returns>
    public (int ExitCode, string Printed, int Descriptor) Show(IReadOnlyList<string> words)
    {
        var box = Box.Read(words);
        lock (gate)
        {
            var plan = planned.Find(p => box.Title.Contains(p.Title, StringComparison.Ordinal) && p.Answers.Count > 0).Answers;
            var answer = plan?.Dequeue() ?? box.DefaultAnswer();
            shown.Add(new Dialog(box.Title, box.Kind, box.Text, box.Tags, answer));
            var exitCode = answer switch
            {
                "esc" => 255,
                "no" when box.Kind is "yesno" => 1,
                "cancel" => 1,
                _ => 0,
            };
            var printed = exitCode != 0 || box.Kind is "yesno" or "msgbox" or "infobox" ? "" : answer;
            return (exitCode, printed, box.Descriptor);
        }
    }

    /// <summary>The reply of the client that stands for whiptail.</summary>
    public Reply Reply(IReadOnlyList<string> words)
    {
        var (exitCode, printed, descriptor) = Show(words);
        var reply = new Reply { ExitCode = exitCode };
        if (printed.Length > 0)
            reply.Chunks.Add(new Chunk(true, printed) { Descriptor = descriptor });
        return reply;
    }

    private sealed record Box(string Title, string Kind, string Text, IReadOnlyList<string> Tags, IReadOnlyList<string> On, string Initial, bool DefaultNo, int Descriptor)
    {
        private static readonly string[] WithValue =
            ["title", "backtitle", "default-item", "output-fd", "ok-button", "cancel-button", "yes-button", "no-button"];

        public string DefaultAnswer() => Kind switch
        {
            "yesno" => DefaultNo ? "no" : "yes",
            "inputbox" or "passwordbox" => Initial,
            "menu" => Initial.Length > 0 ? Initial : Tags.Concat([""]).First(),
            "radiolist" => On.Concat(Tags).FirstOrDefault(""),
            "checklist" => string.Join(' ', On.Select(t => "\"" + t + "\"")),
            _ => "ok",
        };

        public static Box Read(IReadOnlyList<string> words)
        {
            var options = new Dictionary<string, string>();
            var kind = "";
            var rest = new List<string>();
            for (var i = 1; i < words.Count; i++)
            {
                var name = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..] : null;
                if (name is null)
                    rest.Add(words[i]);
                else if (WithValue.Contains(name) && i + 1 < words.Count)
                    options[name] = words[++i];
                else if (name is "yesno" or "msgbox" or "infobox" or "inputbox" or "passwordbox" or "menu" or "radiolist" or "checklist")
                    kind = name;
                else
                    options[name] = "";
            }
            var noItem = options.ContainsKey("noitem");
            var width = kind switch { "menu" => noItem ? 1 : 2, _ => noItem ? 2 : 3 };
            var entries = kind is "menu" or "radiolist" or "checklist" ? rest.Skip(4).Chunk(width).ToList() : [];
            return new Box(
                options.GetValueOrDefault("title", ""),
                kind,
                rest.FirstOrDefault() ?? "",
                [.. entries.Select(e => e[0])],
                [.. entries.Where(e => e[^1].Equals("ON", StringComparison.OrdinalIgnoreCase)).Select(e => e[0])],
                kind is "inputbox" or "passwordbox" ? rest.ElementAtOrDefault(3) ?? "" : options.GetValueOrDefault("default-item", ""),
                options.ContainsKey("defaultno"),
                int.TryParse(options.GetValueOrDefault("output-fd"), CultureInfo.InvariantCulture, out var fd) ? fd : 2);
        }
    }
}
