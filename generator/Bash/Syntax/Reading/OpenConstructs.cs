namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>
/// The numbers of constructs that are open. A closing word ends the list of statements it stands in when any open
/// construct waits for it, so that one missing closer does not swallow those of the constructs around.
/// </summary>
internal sealed class OpenConstructs
{
    public int Ifs { get; set; }

    public int Loops { get; set; }

    public int Cases { get; set; }

    public int Groups { get; set; }

    public int Parentheses { get; set; }

    /// <summary>Whether an open construct waits for the word.</summary>
    public bool WaitsFor(Keyword keyword) => keyword switch
    {
        Keyword.Then or Keyword.Elif or Keyword.Else or Keyword.Fi => Ifs > 0,
        Keyword.Do or Keyword.Done => Loops > 0,
        Keyword.Esac => Cases > 0,
        Keyword.CloseBrace => Groups > 0,
        _ => false,
    };
}
