using System.CommandLine;
using System.CommandLine.Parsing;

namespace VmRecovery.CommandLine;

/// <summary>Paths on the command line: what looks like an option is a mistyped option. A file of such a name is <c>./--name</c>.</summary>
internal static class PathValidation
{
    /// <summary>Makes an unknown option bad usage instead of a path.</summary>
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
            result.AddError($"unknown option '{unknown.Value}'");
    }
}
