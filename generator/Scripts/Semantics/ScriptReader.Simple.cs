using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <content>Simple commands: their program, and the effect of the builtins that matter.</content>
internal sealed partial class ScriptReader
{
    private void ReadSimple(SimpleCommand node, in ReadingContext context)
    {
        // Substitutions in the words run before the command does; their status is lost in an argument, not in 'v=$(…)'.
        var words = context with { IsTested = true, Alternative = null };
        ReadAssignments(node.Assignments, node.Words.IsEmpty ? context with { Alternative = null } : words);
        ReadWords(node.Words, words);
        var allWords = WordsOf(node);
        var reach = Reach(allWords);
        ImmutableArray<CommandArgument> arguments =
            reach.Index < 0
                ? []
                : allWords.Skip(reach.Index + 1).Select(w => new CommandArgument(w)).ToImmutableArray();
        var command = Create(
            node,
            context,
            reach,
            arguments,
            node.Assignments,
            reach.Index < 0 ? null : allWords[reach.Index]
        );
        commands.Add(command);
        if (node.Words.IsEmpty)
        {
            foreach (var assignment in node.Assignments)
                assignments.Add(
                    new VariableAssignment(assignment.Name, assignment, assignment.Span, command, IsLocal: false)
                );
            return;
        }
        ReadBuiltin(command, node, context);
    }

    private void ReadDeclaration(Declaration node, in ReadingContext context)
    {
        var isLocal = node.Name == "local" || context.Function is not null && node.Name is "declare" or "typeset";
        var words = context with { IsTested = true, Alternative = null };
        foreach (var argument in node.Arguments)
        {
            if (argument is Assignment assignment)
                ReadAssignments([assignment], words);
            else if (argument is Word word)
                ReadWord(word, words);
        }
        var command = Create(
            node,
            context,
            new CommandReach(0, node.Name, []),
            node.Arguments.Select(a => new CommandArgument(a)).ToImmutableArray(),
            node.Assignments,
            node.NameWord
        );
        commands.Add(command);
        foreach (var argument in node.Arguments)
        {
            if (argument is Assignment assignment)
                assignments.Add(new VariableAssignment(assignment.Name, assignment, assignment.Span, command, isLocal));
            else if (isLocal && argument is Word { ConstantText: { } name } && !name.StartsWith('-'))
                assignments.Add(new VariableAssignment(name, null, argument.Span, command, isLocal));
        }
    }

    /// <summary>
    /// The words of a command; an array that holds the start of a command line is replaced by its elements.
    /// </summary>
    private ImmutableArray<Word> WordsOf(SimpleCommand node) =>
        node.Words is [var first, ..]
        && CommandArgument.SingleExpansionOf(first) is { Subscript.All: '@' } array
        && arrays.TryGetValue(array.Name, out var elements)
            ? [.. elements, .. node.Words.RemoveAt(0)]
            : node.Words;

    private CommandReach Reach(ImmutableArray<Word> words)
    {
        var texts = new string?[words.Length];
        var variables = new string?[words.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = words[i].ConstantText;
            variables[i] = words[i].Parts is [ParameterExpansion expansion] ? expansion.Name : null;
        }
        return CommandReach.Of(texts, variables, name => functions.TryGetValue(name, out var f) && f.RunsItsArguments);
    }

    private ScriptCommand Create(
        Command node,
        in ReadingContext context,
        CommandReach reach,
        ImmutableArray<CommandArgument> arguments,
        ImmutableArray<Assignment> assigned,
        Word? name = null
    ) =>
        new()
        {
            Node = node,
            Statement = context.Position.Current,
            Position = context.Position,
            Function = context.Function,
            Trap = context.Trap,
            Index = commands.Count,
            Program = reach.Program,
            ProgramWord = name,
            Wrappers = reach.Wrappers,
            Arguments = arguments,
            Assignments = assigned,
            Operation = NodeOperation.Of(reach.Program, arguments),
            Streams = context.Streams,
            IsTested = context.IsTested,
            IsPipedInto = context.IsPipedInto,
            Substitution = context.Substitution,
            SubshellDepth = context.SubshellDepth,
            LoopDepth = context.LoopDepth,
            IsBackground = context.IsBackground,
            IsInString = context.IsInString,
            Alternative = context.Alternative,
            Recorded = Options,
        };

    private void ReadBuiltin(ScriptCommand command, SimpleCommand node, in ReadingContext context)
    {
        switch (command.Program)
        {
            case "set":
                Options = SetBuiltin.Apply(Options, [.. command.Arguments.Select(a => (Word)a.Node)]);
                break;
            case "source" or ".":
                Options = Options.AfterUnknownCode();
                break;
            case "trap":
                ReadTrap(command, context);
                break;
            case "eval" when command.Arguments is [{ Node: Word code }]:
                ReadCode(code, context);
                break;
            case "bash" or "sh" or "dash":
                ReadShell(command, context);
                break;
            case "read" or "mapfile" or "readarray" or "getopts":
                foreach (var argument in command.Arguments)
                {
                    if (argument.Text is { Length: > 0 } name && (char.IsAsciiLetter(name[0]) || name[0] == '_'))
                        assignments.Add(new VariableAssignment(name, null, argument.Span, command, IsLocal: false));
                }
                break;
            case { } name when functions.TryGetValue(name, out var function) && context.SubshellDepth == 0:
                Options = Options.After(function.ExitOptions);
                break;
            default:
                break;
        }
    }

    private void ReadShell(ScriptCommand command, in ReadingContext context)
    {
        for (var i = 0; i + 1 < command.Arguments.Length; i++)
        {
            if (command.Arguments[i].Text is ['-', .., 'c'] && command.Arguments[i + 1].Node is Word code)
            {
                var before = Options;
                Options = ShellOptions.AllOff;
                ReadCode(code, context.InSubshell());
                Options = before;
                return;
            }
        }
    }

    private void ReadCode(Word code, in ReadingContext context)
    {
        if (CodeSpan(code) is not { } span)
            return;
        nestedDepth++;
        ReadStatements(ReadNested(span), context with { IsInString = true });
        nestedDepth--;
    }

    private void ReadTrap(ScriptCommand command, in ReadingContext context)
    {
        var words = command.Arguments.Select(a => (Word)a.Node).ToList();
        if (words.Count > 0 && words[0].ConstantText == "--")
            words.RemoveAt(0);
        if (words.Count < 1 || words[0].ConstantText is ['-', _, ..])
            return;
        var handler = words.Count == 1 ? null : words[0];
        var action = handler is null
            ? TrapAction.Reset
            : handler.ConstantText switch
            {
                "" => TrapAction.Ignore,
                "-" => TrapAction.Reset,
                _ => TrapAction.Run,
            };
        var trap = new Trap
        {
            Command = command,
            Action = action,
            Handler = handler,
            Signals =
            [
                .. from word in handler is null ? words : words.Skip(1)
                where word.ConstantText is not null
                select new TrapSignal(TrapSignal.Normalize(word.ConstantText!), word.Span),
            ],
        };
        traps.Add(trap);
        if (action != TrapAction.Run || CodeSpan(handler) is not { } span)
            return;
        nestedDepth++;
        var first = commands.Count;
        trap.Statements = ReadNested(span);
        var before = Options;
        ReadStatements(trap.Statements, new ReadingContext { Trap = trap, IsInString = true });
        Options = before;
        for (var i = first; i < commands.Count; i++)
            trap.Add(commands[i]);
        nestedDepth--;
    }

    private void ReadLoopVariable(ForLoop loop, in ReadingContext context)
    {
        var command = Create(loop, context, new CommandReach(-1, null, []), [], []);
        assignments.Add(new VariableAssignment(loop.Variable, null, loop.VariableSpan, command, IsLocal: false));
    }
}
