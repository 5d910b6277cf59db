using System.Collections.Immutable;

namespace VmRecovery.Tests.Recovery;

/// <summary>A script for the small node and what is expected of it (node/README.md).</summary>
/// <param name="Name">Folder and file name below <c>cases</c>, without the extension.</param>
/// <param name="Path">The file.</param>
/// <param name="Sentence">What the case is about.</param>
/// <param name="Head">Names and values of its head, in order.</param>
internal sealed record BashCase(
    string Name,
    string Path,
    string Sentence,
    ImmutableArray<(string Name, string Value)> Head)
{
    private static readonly ImmutableHashSet<string> Known =
    [
        "recovery", "set", "terminal", "wait", "compare", "exit", "left", "prints", "says", "silent", "log", "log-silent",
        "calls", "calls-not",
    ];

    private static readonly ImmutableHashSet<string> Settings = ["recovery", "set", "terminal", "wait"];

    /// <summary>Where all cases are.</summary>
    public static string Folder { get; } =
        System.IO.Path.Combine(Checkout.Root, "tests", "Library.Tests", "Recovery", "cases");

    /// <summary>All cases, sorted by name.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateFiles(Folder, "*.bash", SearchOption.AllDirectories)
            .Select(path => System.IO.Path.ChangeExtension(System.IO.Path.GetRelativePath(Folder, path), null))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a case. A head that is not understood, or expects nothing, is an <see cref="InvalidDataException"/>.</summary>
    public static BashCase Read(string name)
    {
        var path = System.IO.Path.Combine(Folder, name + ".bash");
        var lines = File.ReadLines(path).TakeWhile(line => line.StartsWith('#')).Select(line => line[1..].Trim()).ToList();
        var sentence = string.Join(' ', lines.TakeWhile(line => line.Length > 0));
        var head = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var line in lines.SkipWhile(line => line.Length > 0).Where(line => line.Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var key = colon < 0 ? line : line[..colon];
            if (!Known.Contains(key))
                throw new InvalidDataException($"{path}: '{key}' is no line of a head; see node/README.md.");
            head.Add((key, line[(colon + 1)..].Trim()));
        }
        if (head.All(entry => Settings.Contains(entry.Item1)))
            throw new InvalidDataException($"{path}: nothing is expected; say what, as node/README.md tells.");
        return new BashCase(name, path, sentence, head.ToImmutable());
    }

    /// <summary>Runs the case with a library. The result says what was not as expected; empty when everything was.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string library)
    {
        var ending = await BashCaseEnding.OfAsync(this, library, "recovery");
        var complaints = new List<string>();
        void Expect(bool met, string complaint)
        {
            if (!met)
                complaints.Add(complaint);
        }

        foreach (var (key, value) in Head)
            switch (key)
            {
                case "exit":
                    Expect(ending.Status == value, $"exit {value}, was {ending.Status}");
                    break;
                case "left":
                    string[] expected = value == "nothing" ? [] : [.. value.Split("; ").Order(StringComparer.Ordinal)];
                    Expect(ending.Left.SequenceEqual(expected), $"left {value}, was {string.Join("; ", ending.Left)}");
                    break;
                case "says":
                    Expect(ending.Said.Contains(value, StringComparison.Ordinal), $"says {value}");
                    break;
                case "silent":
                    Expect(!ending.Said.Contains(value, StringComparison.Ordinal), $"does not say {value}");
                    break;
                case "log":
                    Expect(ending.Log.Contains(value, StringComparison.Ordinal), $"log has {value}");
                    break;
                case "log-silent":
                    Expect(!ending.Log.Contains(value, StringComparison.Ordinal), $"log has no {value}");
                    break;
                case "calls":
                    Expect(ending.Called(value), $"calls {value}");
                    break;
                case "calls-not":
                    Expect(!ending.Called(value), $"does not call {value}");
                    break;
            }
        if (Values("prints") is { Count: > 0 } printed)
        {
            var lines = string.Join('\n', printed);
            Expect(ending.Output.TrimEnd('\n') == lines, $"prints\n{lines}");
        }
        if (Values("compare") is { Count: > 0 })
        {
            var plain = await BashCaseEnding.OfAsync(this, library, "plain");
            Expect(ending.Status == plain.Status, $"exit as without recovery: {plain.Status}, was {ending.Status}");
            Expect(ending.Output == plain.Output, $"output as without recovery:\n{plain.Output}");
            Expect(ending.Left.SequenceEqual(plain.Left), $"left as without recovery: {string.Join("; ", plain.Left)}, was {string.Join("; ", ending.Left)}");
            Expect(ending.Changes.SequenceEqual(plain.Changes), $"calls as without recovery:\n{string.Join('\n', plain.Changes)}");
        }
        return complaints.Count == 0 ? complaints : [Sentence, .. complaints.Select(c => "expected: " + c), ending.ToString()];
    }

    /// <summary>The values of one name in the head, in order.</summary>
    public IReadOnlyList<string> Values(string name) => [.. Head.Where(entry => entry.Name == name).Select(entry => entry.Value)];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
