using System.CommandLine;
using System.CommandLine.Parsing;

namespace VmRecovery.Cli.CommandLine;

/// <summary>Paths on the command line: what looks like an option is a mistyped option. A file of such a name is <c>./--name</c>.</summary>
internal static class PathValidation
{
    /// <summary>How the message about a mistyped option begins.</summary>
    public const string Unknown = "unknown option ";

    /// <summary>Makes an unknown option bad usage instead of a path; an empty word is no path either.</summary>
    public static Argument<T> WithoutUnknownOptions<T>(this Argument<T> paths)
    {
        paths.Validators.Add(result => Check(result, result.Tokens));
        return paths;
    }

    /// <inheritdoc cref="WithoutUnknownOptions{T}(Argument{T})"/>
    public static Option<T> WithoutUnknownOptions<T>(this Option<T> paths)
    {
        paths.Validators.Add(result => Check(result, result.Tokens));
        return paths;
    }

    private static void Check(SymbolResult result, IReadOnlyList<Token> tokens)
    {
        if (tokens.FirstOrDefault(t => t.Value.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            result.AddError($"{Unknown}'{unknown.Value}'");
        if (tokens.Any(t => t.Value.Length == 0))
            result.AddError("an empty word where a file, a folder or a name is expected");
    }
}
