using VmRecovery.Diagnostics;

namespace VmRecovery.Cli.Output.Findings;

/// <summary>Colours of the text format; none when they are off.</summary>
internal readonly record struct Style(bool Colours)
{
    /// <summary>Bold text.</summary>
    public string Bold(string text) => With("1", text);

    /// <summary>Grey text.</summary>
    public string Grey(string text) => With("90", text);

    /// <summary>Green text.</summary>
    public string Green(string text) => With("32", text);

    /// <summary>Text in the colour of a severity.</summary>
    public string Severity(Severity severity, string text) =>
        With(
            severity switch
            {
                Diagnostics.Severity.Error => "1;31",
                Diagnostics.Severity.Warning => "1;33",
                _ => "1;36",
            },
            text
        );

    private string With(string code, string text) => Colours ? $"\e[{code}m{text}\e[0m" : text;
}
