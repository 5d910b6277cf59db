using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Commands;

/// <summary>Programs beside the node's own: those that fetch, unpack, customize and ask.</summary>
internal sealed record ProgramCall
{
    /// <summary>Programs whose failures matter, in front of which recovery stands.</summary>
    internal static readonly ImmutableArray<string> Watched =
    [
        "qm", "pvesm", "pvesh", "qmrestore", "curl", "wget", "virt-customize", "virt-resize", "qemu-img", "xz", "unxz", "gunzip", "unzip",
        "apt-get", "apt", "mkdir", "mktemp", "whiptail", "tar", "sha1sum", "sha256sum", "sha512sum", "md5sum", "b2sum",
    ];

    /// <summary>The call's name: one for all programs that unpack.</summary>
    internal static string Verb(string program) => program is "xz" or "unxz" or "gunzip" or "unzip" ? "unpack" : program;

    /// <summary>What a call does.</summary>
    internal static CommandKind Kind(ImmutableArray<string> words) => words[0] switch
    {
        "xz" or "unxz" or "gunzip" or "unzip" => OnlyTests(words) ? CommandKind.Check : CommandKind.Makes,
        "curl" or "wget" => words.Contains("-I") || words.Contains("-fsI") || words.Contains("--head") ? CommandKind.Query : CommandKind.Check,
        "qemu-img" => words.Length > 1 && words[1] is "info" or "check" ? CommandKind.Query : CommandKind.Changes,
        "tar" or "whiptail" => CommandKind.Check,
        "sha1sum" or "sha256sum" or "sha512sum" or "md5sum" or "b2sum" => Compares(words) ? CommandKind.Check : CommandKind.Query,
        "mkdir" or "mktemp" => CommandKind.Query,
        _ => CommandKind.Changes,
    };

    private static bool OnlyTests(ImmutableArray<string> words) => AnyMatches(words, "^(-[A-Za-z]*[tl][A-Za-z]*|--test|--list)$");

    private static bool Compares(ImmutableArray<string> words) => AnyMatches(words, "^(-[A-Za-z]*c[A-Za-z]*|--check)$");

    private static bool AnyMatches(ImmutableArray<string> words, string pattern)
    {
        var option = new Regex(pattern);
        for (var i = 1; i < words.Length; i++)
            if (option.IsMatch(words[i]))
                return true;
        return false;
    }
}
