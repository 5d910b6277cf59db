using VmRecovery.Bash.Text;

namespace VmRecovery.Scripts.Linting.Suppressions;

/// <summary>One rule id in a comment that switches it off for a range of the script.</summary>
/// <param name="Id">The rule id as written.</param>
/// <param name="IdSpan">The bytes of the id, for findings about the suppression itself.</param>
/// <param name="Comment">The comment that holds it.</param>
/// <param name="Range">The bytes in which the rule is off.</param>
/// <param name="HasReason">Whether text follows <c>--</c>.</param>
/// <param name="IsShellCheck">Whether the comment is a directive of ShellCheck's.</param>
internal sealed record Suppression(
    string Id,
    TextSpan IdSpan,
    TextSpan Comment,
    TextSpan Range,
    bool HasReason,
    bool IsShellCheck
);
