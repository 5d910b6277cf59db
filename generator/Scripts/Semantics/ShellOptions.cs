namespace VmRecovery.Scripts.Semantics;

/// <summary>The state of the options that decide what a failure does.</summary>
/// <param name="Errexit"><c>set -e</c>.</param>
/// <param name="Errtrace"><c>set -E</c>.</param>
/// <param name="Nounset"><c>set -u</c>.</param>
/// <param name="Pipefail"><c>set -o pipefail</c>.</param>
internal readonly record struct ShellOptions(
    OptionValue Errexit,
    OptionValue Errtrace,
    OptionValue Nounset,
    OptionValue Pipefail
)
{
    /// <summary>The state in which bash starts a script.</summary>
    public static readonly ShellOptions AllOff = All(OptionValue.Off);

    /// <summary>The state in which nothing is known.</summary>
    public static readonly ShellOptions AllUnknown = All(OptionValue.Unknown);

    /// <summary>The state at the start of a function.</summary>
    public static readonly ShellOptions AllInherited = All(OptionValue.Inherited);

    private static ShellOptions All(OptionValue value) => new(value, value, value, value);

    /// <summary>The state where two ways meet.</summary>
    public ShellOptions Join(ShellOptions other) =>
        new(
            Join(Errexit, other.Errexit),
            Join(Errtrace, other.Errtrace),
            Join(Nounset, other.Nounset),
            Join(Pipefail, other.Pipefail)
        );

    /// <summary>The state after a function that leaves <paramref name="atExit"/>, when this one is before it.</summary>
    public ShellOptions After(ShellOptions atExit) =>
        new(
            After(Errexit, atExit.Errexit),
            After(Errtrace, atExit.Errtrace),
            After(Nounset, atExit.Nounset),
            After(Pipefail, atExit.Pipefail)
        );

    /// <summary>The state after sourcing a file that is not known: it may switch options on.</summary>
    public ShellOptions AfterUnknownCode() => new(Weaken(Errexit), Weaken(Errtrace), Weaken(Nounset), Weaken(Pipefail));

    /// <summary>The state with one option set by its letter or long name; unchanged for other options.</summary>
    public ShellOptions With(string option, OptionValue value) =>
        option switch
        {
            "e" or "errexit" => this with { Errexit = value },
            "E" or "errtrace" => this with { Errtrace = value },
            "u" or "nounset" => this with { Nounset = value },
            "pipefail" => this with { Pipefail = value },
            _ => this,
        };

    private static OptionValue Join(OptionValue a, OptionValue b) => a == b ? a : OptionValue.Unknown;

    private static OptionValue After(OptionValue before, OptionValue atExit) =>
        atExit == OptionValue.Inherited ? before : atExit;

    private static OptionValue Weaken(OptionValue value) => value == OptionValue.On ? value : OptionValue.Unknown;
}
