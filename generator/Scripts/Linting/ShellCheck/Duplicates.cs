using System.Collections.Immutable;
using System.Globalization;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Linting.ShellCheck;

/// <summary>Removes ShellCheck's finding where a rule of ours says the same at the same place.</summary>
internal static class Duplicates
{
    /// <summary>Returns both lists as one.</summary>
    public static IEnumerable<Diagnostic> Remove(ImmutableArray<Diagnostic> ours, ImmutableArray<Diagnostic> shellCheck)
    {
        if (shellCheck.IsEmpty)
            return ours;
        var places = new HashSet<(int Code, int Line)>();
        foreach (var diagnostic in ours)
        {
            if (RuleSet.ShellCheckCodeOf(diagnostic.Id) is { } code)
            {
                for (var line = diagnostic.Location.Line; line <= diagnostic.Location.EndLine; line++)
                    places.Add((code, line));
            }
        }
        // A syntax error of ours stands for ShellCheck's: it stops at the first one, and says less.
        var syntaxErrors = ours.Any(d => d.Id == MetaRules.SyntaxErrorId);
        return ours.Concat(
            shellCheck.Where(d =>
                !places.Contains((CodeOf(d), d.Location.Line))
                && !(syntaxErrors && d.Severity == Severity.Error && CodeOf(d) < 2000)
            )
        );
    }

    private static int CodeOf(Diagnostic diagnostic) =>
        int.Parse(diagnostic.Id.AsSpan(2), CultureInfo.InvariantCulture);
}
