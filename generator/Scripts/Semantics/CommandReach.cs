using System.Collections.Frozen;

namespace VmRecovery.Scripts.Semantics;

/// <summary>
/// Finds the program that a command line reaches behind <c>sudo</c>, <c>timeout</c>, <c>env</c> and their like, and
/// behind absolute paths. The patcher, the linter and the engine decide by this and by nothing else.
/// </summary>
/// <param name="Index">Index of the word that names the program; -1 when no word does.</param>
/// <param name="Program">The program without its folder; null when the word is not constant.</param>
/// <param name="Wrappers">The wrappers before it, the outermost first.</param>
internal readonly record struct CommandReach(int Index, string? Program, IReadOnlyList<string> Wrappers)
{
    /// <summary>Options that take a value of their own, a wrapper each; other options stand alone.</summary>
    private static readonly FrozenDictionary<string, WrapperSyntax> Syntax = new Dictionary<string, WrapperSyntax>
    {
        ["sudo"] = new("-u -g -h -p -C -r -t -T -U -D -R --user --group --host --prompt --chdir", Assignments: true),
        ["doas"] = new("-u -C"),
        ["command"] = new(""),
        ["builtin"] = new(""),
        ["exec"] = new("-a"),
        ["nohup"] = new(""),
        ["setsid"] = new(""),
        ["chroot"] = new("", Operands: 1),
        ["watch"] = new("-n --interval"),
        ["time"] = new("-f -o"),
        ["nice"] = new("-n --adjustment"),
        ["ionice"] = new("-c -n --class --classdata"),
        ["chrt"] = new("", Operands: 1),
        ["taskset"] = new("", Operands: 1),
        ["stdbuf"] = new("-i -o -e --input --output --error"),
        ["unbuffer"] = new(""),
        ["timeout"] = new("-k -s --kill-after --signal", Operands: 1),
        ["env"] = new("-u -C --unset --chdir", Assignments: true),
        ["xargs"] = new("-I -n -P -d -a -L -s -E --max-args --max-procs --delimiter --arg-file --replace"),
        ["flock"] = new("-w -E --timeout --conflict-exit-code", Operands: 1),
        ["systemd-run"] = new("-p -u --unit --property --slice"),
        ["strace"] = new("-o -e -p"),
        // Functions of ProxmoxVE's and many other scripts that run their arguments.
        ["run"] = new(""),
        ["silent"] = new(""),
        ["try"] = new(""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Variables that hold such a wrapper or nothing.</summary>
    private static readonly FrozenSet<string> WrapperVariables = Words.Of("STD SUDO sudo RUN run NICE IONICE TIMEOUT");

    /// <summary>Whether a program runs the command that its arguments give.</summary>
    public static bool IsWrapper(string program) => Syntax.ContainsKey(program);

    /// <summary>Finds the program of a command line.</summary>
    /// <param name="words">The words without quotes; null for a word that is not constant.</param>
    /// <param name="variables">
    /// For a word that is one unquoted expansion, its variable, else null; empty when the words are known.
    /// </param>
    /// <param name="isRunner">Whether a function of the script runs its arguments.</param>
    public static CommandReach Of(
        ReadOnlySpan<string?> words,
        ReadOnlySpan<string?> variables = default,
        Func<string, bool>? isRunner = null
    )
    {
        List<string>? wrappers = null;
        var at = 0;
        while (at < words.Length)
        {
            if (words[at] is not { } word)
            {
                if (
                    at + 1 < words.Length
                    && at < variables.Length
                    && variables[at] is { } variable
                    && WrapperVariables.Contains(variable)
                )
                {
                    (wrappers ??= []).Add("$" + variable);
                    at++;
                    continue;
                }
                return new CommandReach(at, null, wrappers ?? []);
            }
            var program = word[(word.LastIndexOf('/') + 1)..];
            WrapperSyntax syntax;
            if (!Syntax.TryGetValue(program, out syntax!))
            {
                if (isRunner?.Invoke(word) != true)
                    return new CommandReach(at, program, wrappers ?? []);
                syntax = WrapperSyntax.Plain;
            }
            var next = syntax.Skip(words, at + 1);
            if (next >= words.Length || WrapperSyntax.OnlyLooksUp(program, words[(at + 1)..next]))
                return new CommandReach(at, program, wrappers ?? []);
            (wrappers ??= []).Add(program);
            at = next;
        }
        return new CommandReach(-1, null, wrappers ?? []);
    }
}
