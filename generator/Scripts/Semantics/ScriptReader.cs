using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using VmRecovery.Bash.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Scripts.Semantics;

/// <summary>Collects the facts of a script in one walk over its statements.</summary>
internal sealed partial class ScriptReader(SourceFile file, BashSyntaxTree tree)
{
    /// <summary>
    /// Bytes that may be copied to read code in strings: it bounds the time of a script full of them.
    /// </summary>
    private const long NestedBytesLimit = 50_000_000;

    private readonly Dictionary<string, ScriptFunction> functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<Word>> arrays = new(StringComparer.Ordinal);
    private readonly List<ScriptCommand> commands = [];
    private readonly List<FunctionCall> calls = [];
    private readonly List<Trap> traps = [];
    private readonly List<VariableAssignment> assignments = [];
    private readonly List<Statement> statements = [];
    private long nestedBytes;
    private int nestedDepth;

    public Dictionary<string, ScriptFunction> Functions => functions;

    public List<ScriptCommand> Commands => commands;

    public List<FunctionCall> Calls => calls;

    public List<Trap> Traps => traps;

    public List<VariableAssignment> Assignments => assignments;

    public List<Statement> Statements => statements;

    public Dictionary<Statement, StatementPosition> Positions { get; } = [];

    /// <summary>The options in force; at the end, those of the end of the top level.</summary>
    public ShellOptions Options { get; private set; }

    public bool IsExecutable { get; private set; }

    /// <summary>Reads the script.</summary>
    public void Read()
    {
        var shebang = file.Content.AsSpan();
        if (shebang.StartsWith("\uFEFF"u8))
            shebang = shebang[3..];
        IsExecutable = shebang.StartsWith("#!"u8);
        Options = IsExecutable ? ShebangOptions(shebang) : ShellOptions.AllUnknown;
        foreach (var function in FunctionsIn(tree))
            functions[function.Name] = new ScriptFunction(function) { RunsItsArguments = RunsArguments(function) };
        ReadStatements(tree.Root.Statements, default);
        foreach (var trap in traps)
            trap.Options = Options;
        LinkCalls();
    }

    private static ShellOptions ShebangOptions(ReadOnlySpan<byte> shebang)
    {
        var options = ShellOptions.AllOff;
        var end = shebang.IndexOf((byte)'\n');
        foreach (var range in (end < 0 ? shebang : shebang[..end]).Split((byte)' '))
        {
            var word = shebang[range].TrimEnd((byte)'\r');
            if (word is not [(byte)'-', _, ..] || word[1] == (byte)'-')
                continue;
            foreach (var letter in word[1..])
                options = options.With(((char)letter).ToString(), OptionValue.On);
        }
        return options;
    }

    // Functions are wanted before their calls are read: the names decide what a call reaches.
    private List<FunctionDefinition> FunctionsIn(BashSyntaxTree tree)
    {
        var finder = new FunctionFinder(arrays);
        finder.Walk(tree.Root);
        return finder.Found;
    }

    private static bool RunsArguments(FunctionDefinition function) =>
        function.Body is Group group && group.Body.Any(s => RunsArguments(s.Command));

    private static bool RunsArguments(Command? command) =>
        command switch
        {
            SimpleCommand { Words: [var first, ..] } => CommandArgument.SingleExpansionOf(first)
                is { Name: "@" or "*" },
            AndOrList list => list.Operands.Any(RunsArguments),
            Negation { Command: { } inner } => RunsArguments(inner),
            Pipeline pipeline => RunsArguments(pipeline.Commands[0]),
            IfCommand conditional => conditional.Clauses.Any(c =>
                c.Condition.Any(s => RunsArguments(s.Command)) || c.Body.Any(s => RunsArguments(s.Command))
            ),
            Group group => group.Body.Any(s => RunsArguments(s.Command)),
            _ => false,
        };

    private void LinkCalls()
    {
        foreach (var command in commands)
        {
            command.Function?.Add(command);
            if (command.Program is not { } name || !functions.TryGetValue(name, out var function))
                continue;
            if (command.Trap is { } trap && command.Function is null)
            {
                trap.Add(function);
                function.Add(trap);
                continue;
            }
            var call = new FunctionCall(function, command);
            function.Add(call);
            calls.Add(call);
        }
    }

    /// <summary>Reads code in a string, with offsets as in the script: what stands before it is blanked.</summary>
    private ImmutableArray<Statement> ReadNested(TextSpan content)
    {
        nestedBytes += content.End;
        if (nestedBytes > NestedBytesLimit || nestedDepth > 3 || content.IsEmpty)
            return [];
        var padded = new byte[content.End];
        padded.AsSpan(0, content.Start).Fill((byte)' ');
        file.Content.AsSpan(content.Start, content.Length).CopyTo(padded.AsSpan(content.Start));
        var nested = BashSyntaxTree.Parse(padded);
        return nested.Problems.IsEmpty ? nested.Root.Statements : [];
    }

    /// <summary>
    /// The bytes between the quotes when a word is one string whose text is code; null for other words.
    /// </summary>
    private static TextSpan? CodeSpan(Word? word) =>
        word?.Parts switch
        {
            [SingleQuoted quoted] => new TextSpan(quoted.Span.Start + 1, quoted.Span.End - 1),
            // Escapes would shift what follows; a handler in double quotes seldom has any.
            [DoubleQuoted quoted] when word.ConstantText is { } text && text.Length == quoted.Span.Length - 2 =>
                new TextSpan(quoted.Span.Start + 1, quoted.Span.End - 1),
            [Literal literal] => literal.Span,
            _ => null,
        };

    private static bool CanGoDeeper() => RuntimeHelpers.TryEnsureSufficientExecutionStack();

    private sealed class FunctionFinder(Dictionary<string, ImmutableArray<Word>> arrays) : SyntaxWalker
    {
        public List<FunctionDefinition> Found { get; } = [];

        protected override bool Enter(SyntaxNode node)
        {
            if (node is FunctionDefinition function)
                Found.Add(function);
            else if (
                node is Assignment { Array: { Elements: { IsEmpty: false } elements }, IsAppend: false } assignment
                && elements.All(e => e.Value is not null)
            )
                arrays[assignment.Name] = [.. elements.Select(e => e.Value!)];
            // Words hold no definitions that a script could call, but in substitutions, where they end.
            return node is not (Word or Assignment or Redirect or TestCommand or ArithmeticCommand);
        }
    }
}
