using System.Collections.Frozen;
using System.Collections.Immutable;

namespace VmRecovery.Scripts.Linting;

/// <summary>Settings of the linter: the content of <c>.vmrecovery.toml</c>.</summary>
internal sealed record LintConfiguration
{
    /// <summary>The settings without a configuration file.</summary>
    public static readonly LintConfiguration Default = new();

    /// <summary>Levels that differ from the rules' own, by rule id (<c>VMR013</c>, <c>SC2086</c>).</summary>
    public FrozenDictionary<string, RuleLevel> Rules { get; init; } = FrozenDictionary<string, RuleLevel>.Empty;

    /// <summary>Globs of the files that are looked for in folders, relative to the folder.</summary>
    public ImmutableArray<string> Include { get; init; } = ["**/*.sh", "**/*.bash", "**/*.func"];

    /// <summary>Globs of files to leave out, relative to the configuration file.</summary>
    public ImmutableArray<string> Exclude { get; init; } = [];

    /// <summary>Rules that are off for some files: glob relative to the configuration file, rule ids.</summary>
    public ImmutableArray<PerFileIgnore> PerFileIgnores { get; init; } = [];

    /// <summary>Whether every suppression needs a reason behind <c>--</c>.</summary>
    public bool RequireReasons { get; init; }

    /// <summary>Whether ShellCheck runs beside the rules.</summary>
    public bool ShellCheck { get; init; } = true;
}

/// <summary>Rules that are off for the files that a glob matches.</summary>
internal sealed record PerFileIgnore(string Glob, ImmutableArray<string> Rules);
