using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <content>The walk over statements and compound commands: contexts, and options where ways part and meet.</content>
internal sealed partial class ScriptReader
{
    private void ReadStatements(ImmutableArray<Statement> list, in ReadingContext context)
    {
        if (!CanGoDeeper())
            return;
        for (var i = 0; i < list.Length; i++)
        {
            var statement = list[i];
            statements.Add(statement);
            Positions[statement] = new StatementPosition(list, i);
            if (context.Function is { } function)
                function.StatementCount++;
            var inner = context with { Position = new StatementPosition(list, i) };
            if (statement.IsBackground)
                InSubshell(statement.Command, inner with { IsBackground = true, IsTested = true });
            else
                ReadCommand(statement.Command, inner);
        }
    }

    /// <summary>
    /// The statements of a condition: all are tested, since a failure of an early one is ignored, too.
    /// </summary>
    private void ReadCondition(ImmutableArray<Statement> list, in ReadingContext context) =>
        ReadStatements(list, context with { IsTested = true, Alternative = null });

    private void ReadCommand(Command? command, in ReadingContext context)
    {
        if (command is null || !CanGoDeeper())
            return;
        ReadRedirects(command, context);
        var inner = command.Redirects.IsEmpty
            ? context
            : context with
            {
                Streams = context.Streams.Redirected(command.Redirects),
            };
        switch (command)
        {
            case SimpleCommand simple:
                ReadSimple(simple, inner);
                break;
            case Declaration declaration:
                ReadDeclaration(declaration, inner);
                break;
            case AndOrList list:
                ReadAndOr(list, inner);
                break;
            case Pipeline pipeline:
                ReadPipeline(pipeline, inner);
                break;
            case Negation negation:
                ReadCommand(negation.Command, inner with { IsTested = true, Alternative = null });
                break;
            case TimedCommand timed:
                ReadCommand(timed.Command, inner);
                break;
            case Coprocess coprocess:
                InSubshell(coprocess.Command, inner with { IsBackground = true, IsTested = true });
                break;
            case Subshell subshell:
                var before = Options;
                ReadStatements(subshell.Body, inner.InSubshell());
                Options = before;
                break;
            case Group group:
                ReadStatements(group.Body, inner);
                break;
            case FunctionDefinition function:
                ReadFunction(function, inner);
                break;
            default:
                ReadBranches(command, inner);
                break;
        }
    }

    private void ReadBranches(Command command, in ReadingContext context)
    {
        switch (command)
        {
            case IfCommand conditional:
                ReadIf(conditional, context);
                break;
            case CaseCommand choice:
                ReadCase(choice, context);
                break;
            case WhileLoop loop:
                var before = Options;
                ReadCondition(loop.Condition, context with { LoopDepth = context.LoopDepth + 1 });
                ReadStatements(loop.Body, context with { LoopDepth = context.LoopDepth + 1 });
                Options = Options.Join(before);
                break;
            case ForLoop loop:
                ReadWords(loop.Words, context);
                ReadLoopVariable(loop, context);
                ReadLoop(loop.Body, context);
                break;
            case SelectLoop loop:
                ReadWords(loop.Words, context);
                ReadLoop(loop.Body, context);
                break;
            case ArithmeticForLoop loop:
                ReadExpression(loop.Initial, context);
                ReadExpression(loop.Condition, context);
                ReadExpression(loop.Step, context);
                ReadLoop(loop.Body, context);
                break;
            case TestCommand test:
                commands.Add(Create(test, context, new CommandReach(-1, null, []), [], []));
                ReadExpression(test.Expression, context);
                break;
            case ArithmeticCommand arithmetic:
                commands.Add(Create(arithmetic, context, new CommandReach(-1, null, []), [], []));
                ReadExpression(arithmetic.Expression, context);
                break;
            default:
                break;
        }
    }

    private void ReadLoop(ImmutableArray<Statement> body, in ReadingContext context)
    {
        var before = Options;
        ReadStatements(body, context with { LoopDepth = context.LoopDepth + 1 });
        Options = Options.Join(before);
    }

    private void ReadIf(IfCommand command, in ReadingContext context)
    {
        ShellOptions? joined = null;
        foreach (var clause in command.Clauses)
        {
            ReadCondition(clause.Condition, context);
            var before = Options;
            ReadStatements(clause.Body, context);
            joined = joined is { } other ? other.Join(Options) : Options;
            Options = before;
        }
        if (command.Else is { } otherwise)
            ReadStatements(otherwise.Body, context);
        Options = joined!.Value.Join(Options);
    }

    private void ReadCase(CaseCommand command, in ReadingContext context)
    {
        ReadWord(command.Subject, context);
        var before = Options;
        var joined = before;
        foreach (var item in command.Items)
        {
            ReadWords(item.Patterns, context);
            Options = before;
            ReadStatements(item.Body, context);
            joined = joined.Join(Options);
        }
        Options = joined;
    }

    private void ReadAndOr(AndOrList list, in ReadingContext context)
    {
        for (var i = 0; i < list.Operands.Length; i++)
        {
            var isLast = i == list.Operands.Length - 1;
            var before = Options;
            ReadCommand(
                list.Operands[i],
                isLast
                    ? context
                    : context with
                    {
                        IsTested = true,
                        Alternative = NextAlternative(list, i) ?? context.Alternative,
                    }
            );
            if (i > 0)
                Options = Options.Join(before);
        }
    }

    private static Command? NextAlternative(AndOrList list, int index)
    {
        for (var i = index; i < list.Operators.Length; i++)
        {
            if (list.Operators[i] == AndOrOperator.Or)
                return list.Operands[i + 1];
        }
        return null;
    }

    private void ReadPipeline(Pipeline pipeline, in ReadingContext context)
    {
        var before = Options;
        for (var i = 0; i < pipeline.Commands.Length; i++)
        {
            var isLast = i == pipeline.Commands.Length - 1;
            var inner = context.InSubshell();
            if (!isLast)
            {
                var both = pipeline.Operators[i] == PipeOperator.OutputAndError;
                inner = inner with
                {
                    IsPipedInto = true,
                    Alternative = null,
                    Streams = new OutputStreams(OutputTarget.Pipe, both ? OutputTarget.Pipe : inner.Streams.Error),
                };
            }
            ReadCommand(pipeline.Commands[i], inner);
            Options = before;
        }
    }

    private void ReadFunction(FunctionDefinition definition, in ReadingContext context)
    {
        if (!functions.TryGetValue(definition.Name, out var function) || function.Definition != definition)
            function = new ScriptFunction(definition);
        var before = Options;
        Options = ShellOptions.AllInherited;
        ReadCommand(
            definition.Body,
            new ReadingContext
            {
                Function = function,
                Position = context.Position,
                Trap = context.Trap,
                IsInString = context.IsInString,
            }
        );
        function.ExitOptions = Options;
        Options = before;
    }

    private void InSubshell(Command? command, in ReadingContext context)
    {
        var before = Options;
        ReadCommand(command, context.InSubshell());
        Options = before;
    }
}
