using System.Collections.Immutable;

namespace VmRecovery.Model.Redaction;

/// <summary>A regex over text that a program or a script wrote, as POSIX and .NET both read it.</summary>
/// <param name="Kind">Its name.</param>
/// <param name="Pattern">
/// Of a part that is always hidden: what stands between its first and its last group goes. No class but
/// <c>[:space:]</c>, <c>[:alnum:]</c> and <c>[:punct:]</c>.
/// </param>
public sealed record HiddenText(string Kind, [property: BashVariable("_pattern")] string Pattern)
{
    /// <summary>The kinds that are hidden wherever they stand.</summary>
    public const string Parts = "credentials query user token hash key";

    /// <summary>The patterns, by kind.</summary>
    [BashTable("_vm_hidden_text")]
    public static readonly ImmutableArray<HiddenText> All =
    [
        // A slash may be part of a password; behind a number it begins the path.
        new(
            "credentials",
            "(://)([^/:[:space:]]*:[0-9]*[^0-9/[:space:]\"'][^[:space:]\"']*|[^/[:space:]\"']*)(@)"),
        new("query", "(://[^[:space:]?\"']*[?])[^[:space:]\"']+()"),
        new("user", "(^|[[:space:]\"'=])[^[:space:]/:@]+:[^[:space:]/@]+(@)"),
        new("token", "(^|[^[:alnum:]])(gh[a-z]|github_pat|glpat|xox[a-z]|tskey|sk)[-_][^[:space:]\"']+()"),
        new("hash", "(^|[^[:alnum:]])[$][0-9a-z]+[$][^[:space:]\"']+()"),
        new("key", "((^|[^[:alnum:]])(ssh-|ecdsa-|sk-)[^[:space:]]+[[:space:]]+)[^[:space:]\"']+()"),

        // A line with the name of a secret shows ordinary words, paths, addresses and options.
        new(
            "name",
            "passw(or)?d|passphrase|passcode|pass([^a-z0-9]|$)|pwd|token|secret|credential|bearer|cookie|authori[sz]ation"
            + "|(^|[^a-z])(pw|psk|jwt)([^a-z]|$)"
            + "|(api|auth|access|private|preshared|encryption|licen[sc]e|setup|account|signing)[ _-]?key|key[\"']?[ ]*[=:]"),
        new(
            "ordinary",
            "^[[:punct:]]*(a|access|already|an|and|any|api|are|argument|at|auth|authentication|bad|be|but|by|can|cannot|code|command|copy|could"
            + "|denied|device|did|disk|does|empty|error|exist|exists|expired|fail|failed|failure|file|for|found|from|full|given|has"
            + "|have|host|if|in|incorrect|invalid|is|it|key|keys|left|line|long|match|missing|must|my|near|needs|no|not|of|on"
            + "|option|or|permission|private|public|read|refused|rejected|required|root|server|set|short|should|space|status"
            + "|storage|syntax|that|the|this|to|too|unable|unexpected|unknown|update|user|valid|value|vm|volume|was|weak|were|with"
            + "|without|wrong|you|your)[[:punct:]]*$"),
        new("shown", "^[[:punct:]]*$|^[\"'(]*[a-z]+://|^--?[a-z][a-z-]*$"),
        new("path", "^[\"']?/[^=:]*$"),
    ];
}
