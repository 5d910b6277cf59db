using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Tomlyn.Parsing;
using Tomlyn.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting;

namespace VmRecovery.Cli.Check;

/// <summary>Reads <c>.vmrecovery.toml</c>.</summary>
internal sealed class ConfigurationFile
{
    /// <summary>Name of the file, looked for in the folder of the first path and upwards.</summary>
    public const string Name = ".vmrecovery.toml";

    private const string Keys = "include, exclude, shellcheck, require-reasons, [rules], [per-file-ignores]";

    private readonly string path;
    private readonly Dictionary<string, RuleLevel> rules = new(StringComparer.Ordinal);
    private readonly List<PerFileIgnore> ignores = [];
    private LintConfiguration configuration = LintConfiguration.Default;

    private ConfigurationFile(string path) => this.path = path;

    /// <summary>Finds the configuration for a path; null when there is none.</summary>
    public static string? Find(string start)
    {
        var folder = Path.GetFullPath(start);
        for (
            var at = Directory.Exists(folder) ? folder : Path.GetDirectoryName(folder);
            at is not null;
            at = Path.GetDirectoryName(at)
        )
        {
            var candidate = Path.Combine(at, Name);
            if (File.Exists(candidate))
                return candidate;
        }
        return null;
    }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="ToolException">A mistake, with its line and column.</exception>
    public static LintConfiguration Read(string path) => Parse(path, File.ReadAllText(path));

    /// <summary>Reads the text of a configuration.</summary>
    /// <exception cref="ToolException">A mistake, with its line and column.</exception>
    public static LintConfiguration Parse(string path, string text)
    {
        var document = SyntaxParser.Parse(text, path, validate: true);
        if (document.HasErrors)
        {
            var mistake = document.Diagnostics[0];
            throw Wrong(path, mistake.Span, mistake.Message);
        }
        var file = new ConfigurationFile(path);
        foreach (var pair in document.KeyValues)
            file.ReadTopLevel(pair);
        foreach (var table in document.Tables)
            file.ReadTable(table);
        return file.configuration with
        {
            Rules = file.rules.ToFrozenDictionary(StringComparer.Ordinal),
            PerFileIgnores = [.. file.ignores],
        };
    }

    private void ReadTopLevel(KeyValueSyntax pair)
    {
        var key = KeyOf(pair.Key);
        configuration = key switch
        {
            "include" => configuration with { Include = Strings(pair) },
            "exclude" => configuration with { Exclude = Strings(pair) },
            "shellcheck" => configuration with { ShellCheck = Flag(pair) },
            "require-reasons" => configuration with { RequireReasons = Flag(pair) },
            _ => throw Wrong(path, pair.Span, $"unknown key '{key}'; there are {Keys}"),
        };
    }

    private void ReadTable(TableSyntaxBase table)
    {
        var name = KeyOf(table.Name);
        foreach (var pair in table.Items)
        {
            switch (name)
            {
                case "rules":
                    rules[RuleOf(KeyOf(pair.Key), pair.Span)] = LevelOf(pair);
                    break;
                case "per-file-ignores":
                    ignores.Add(
                        new PerFileIgnore(
                            KeyOf(pair.Key),
                            [.. Strings(pair).Select(id => RuleOf(id, pair.Value!.Span))]
                        )
                    );
                    break;
                default:
                    break;
            }
        }
        if (name is not ("rules" or "per-file-ignores"))
            throw Wrong(path, table.Span, $"unknown table '{name}'; there are [rules] and [per-file-ignores]");
    }

    private string RuleOf(string id, SourceSpan span) =>
        RuleSet.IsKnown(id)
            ? id
            : throw Wrong(
                path,
                span,
                $"unknown rule '{id}'; there are {RuleSet.Descriptors[0].Id} to {RuleSet.Descriptors[^1].Id} and ShellCheck's SCnnnn"
            );

    private RuleLevel LevelOf(KeyValueSyntax pair) =>
        pair.Value is StringValueSyntax { Value: { } text } && RuleLevel.Parse(text) is { } level
            ? level
            : throw Wrong(path, pair.Value!.Span, $"unknown level {pair.Value}; there are {RuleLevel.LegalNames}");

    private ImmutableArray<string> Strings(KeyValueSyntax pair)
    {
        if (pair.Value is not ArraySyntax array)
            throw Wrong(path, pair.Value!.Span, $"'{KeyOf(pair.Key)}' is a list of strings, such as [\"*.sh\"]");
        return
        [
            .. array.Items.Select(item =>
                item.Value is StringValueSyntax { Value: { } text }
                    ? text
                    : throw Wrong(path, item.Span, $"'{KeyOf(pair.Key)}' holds strings only")
            ),
        ];
    }

    private bool Flag(KeyValueSyntax pair) =>
        pair.Value is BooleanValueSyntax flag
            ? flag.Value
            : throw Wrong(path, pair.Value!.Span, $"'{KeyOf(pair.Key)}' is true or false");

    private static string KeyOf(KeySyntax? key)
    {
        var text = key?.ToString().Trim() ?? "";
        return text.Length > 1 && text[0] is '"' or '\'' && text[^1] == text[0] ? text[1..^1] : text;
    }

    private static ToolException Wrong(string path, SourceSpan span, string message) =>
        ToolException.Input(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{path}:{span.Start.Line + 1}:{span.Start.Column + 1}: {message.TrimEnd('.')}"
            )
        );
}
