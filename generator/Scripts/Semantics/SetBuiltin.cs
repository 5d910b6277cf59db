using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>The effect of <c>set</c> on the options (bash manual, The Set Builtin).</summary>
internal static class SetBuiltin
{
    /// <summary>Returns the state after <c>set</c> with the given words.</summary>
    public static ShellOptions Apply(ShellOptions before, ReadOnlySpan<Word> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].ConstantText is not { } text)
                return i == 0 ? before.AfterUnknownCode() : before;
            if (text is "--" or "-" || text.Length < 2 || text[0] is not ('-' or '+'))
                return before;
            var value = text[0] == '-' ? OptionValue.On : OptionValue.Off;
            foreach (var letter in text.AsSpan(1))
            {
                if (letter != 'o')
                    before = before.With(letter.ToString(), value);
                else if (i + 1 < arguments.Length && arguments[i + 1].ConstantText is { } name)
                {
                    before = before.With(name, value);
                    i++;
                }
            }
        }
        return before;
    }
}
