using System.Collections.Immutable;
using VmRecovery.Bash.Text;

namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads lists of statements, and-or lists and pipelines (bash manual, Lists of Commands and Pipelines).</summary>
internal sealed class StatementReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;
    private readonly UnexpectedText unexpected = new(reader.Cursor);
    private readonly NodeStack<Statement> statements = new();
    private readonly NodeStack<Command> commands = new();

    /// <summary>Reads statements up to a word or an operator that closes an open construct.</summary>
    public ImmutableArray<Statement> ReadList()
    {
        var mark = statements.Count;
        while (true)
        {
            reader.Lines.SkipLines();
            if (AtListEnd())
                return statements.Take(mark);
            if (unexpected.Skip())
                continue;
            var start = cursor.Position;
            statements.Push(ReadStatement());
            if (cursor.Position == start && !cursor.AtEnd)
                unexpected.SkipByte();
        }
    }

    /// <summary>Reads a list that must not be empty.</summary>
    /// <param name="after">The word before the list, for the message.</param>
    public ImmutableArray<Statement> ReadListAfter(string after)
    {
        var list = ReadList();
        if (list.IsEmpty && !cursor.AtEnd)
        {
            var length = Math.Max(1, Keywords.Length(Keywords.Peek(cursor)));
            cursor.Report(
                cursor.Position,
                cursor.Position + length,
                $"expected a command after `{after}`, found `{cursor.String(cursor.Position, cursor.Position + length)}`",
                "bash wants at least one command here; `:` does nothing");
        }
        return list;
    }

    /// <summary>Reads one command with everything that joins it to others; null when none begins here.</summary>
    public Command? ReadAndOr()
    {
        var start = cursor.Position;
        if (ReadPrefixed() is not { } first)
            return null;
        var mark = commands.Count;
        ImmutableArray<AndOrOperator>.Builder? operators = null;
        while (true)
        {
            var end = cursor.Position;
            cursor.SkipBlanks();
            AndOrOperator? found = cursor.StartsWith("&&"u8) ? AndOrOperator.And
                : cursor.StartsWith("||"u8) ? AndOrOperator.Or : null;
            if (found is not { } joining)
            {
                if (operators is null)
                    return first;
                return new AndOrList(cursor.Span(start, end), commands.Take(mark), operators.DrainToImmutable());
            }
            var at = cursor.Position;
            cursor.Take(TokenKind.Operator, 2);
            reader.Lines.SkipLines();
            if (ReadPrefixed() is not { } next)
            {
                ReportMissing(at, 2);
                var operands = commands.Take(mark);
                return operands.IsEmpty ? first : new AndOrList(cursor.Span(start, end), operands, operators!.DrainToImmutable());
            }
            if (operators is null)
            {
                operators = ImmutableArray.CreateBuilder<AndOrOperator>();
                commands.Push(first);
            }
            operators.Add(joining);
            commands.Push(next);
        }
    }

    private Statement ReadStatement()
    {
        var start = cursor.Position;
        // UnexpectedText.Skip has seen that a command begins here.
        var command = ReadAndOr() ?? new SimpleCommand(cursor.SpanFrom(start), [], [], []);
        var end = cursor.Position;
        cursor.SkipBlanks();
        var terminator = StatementTerminator.None;
        if (cursor.Current == ';' && cursor.Peek(1) is not ((byte)';' or (byte)'&'))
            terminator = StatementTerminator.Semicolon;
        else if (cursor.Current == '&' && cursor.Peek(1) is not ((byte)'&' or (byte)'>'))
            terminator = StatementTerminator.Background;
        if (terminator != StatementTerminator.None)
        {
            cursor.Take(TokenKind.Operator, 1);
            return new Statement(cursor.SpanFrom(start), command, terminator);
        }
        if (!AtStatementEnd(command))
            unexpected.ReportAfterCommand();
        return new Statement(command.Span, command, terminator);
    }

    private bool AtStatementEnd(Command command)
    {
        if (cursor.Current is 0 or (byte)'\n' or (byte)'#' or (byte)')' or (byte)';')
            return true;
        // A reserved word is one after a compound command, too: `{ a; } }`, `[[ a ]] then`.
        return reader.Open.WaitsFor(Keywords.Peek(cursor)) && EndsWithCompound(command);
    }

    private static bool EndsWithCompound(Command command)
    {
        while (true)
        {
            Command? inner = command switch
            {
                AndOrList list => list.Operands[^1],
                Pipeline pipeline => pipeline.Commands[^1],
                Negation negation => negation.Command,
                TimedCommand timed => timed.Command,
                Coprocess coprocess => coprocess.Command,
                FunctionDefinition function => function.Body,
                _ => null,
            };
            if (inner is null)
                return command is not (SimpleCommand or Declaration) && command.Redirects.IsEmpty;
            command = inner;
        }
    }

    private Command? ReadPrefixed()
    {
        var start = cursor.Position;
        var keyword = Keywords.Peek(cursor);
        if (keyword is not (Keyword.Bang or Keyword.Time))
            return ReadPipeline();
        cursor.Take(TokenKind.Keyword, Keywords.Length(keyword));
        var end = cursor.Position;
        cursor.SkipBlanks();
        var isPosix = keyword == Keyword.Time && TakeOption("-p"u8, ref end);
        if (keyword == Keyword.Time)
            TakeOption("--"u8, ref end);
        var inner = cursor.Enter() ? ReadPrefixed() : null;
        cursor.Leave();
        var span = inner is null ? cursor.Span(start, end) : new TextSpan(cursor.Span(start, start).Start, inner.Span.End);
        return keyword == Keyword.Bang ? new Negation(span, inner) : new TimedCommand(span, isPosix, inner);
    }

    private bool TakeOption(ReadOnlySpan<byte> option, ref int end)
    {
        if (!cursor.StartsWith(option) || !Bytes.EndsWord(cursor.Peek(option.Length)))
            return false;
        cursor.Take(TokenKind.Literal, option.Length);
        end = cursor.Position;
        cursor.SkipBlanks();
        return true;
    }

    private Command? ReadPipeline()
    {
        var start = cursor.Position;
        if (ReadCommand() is not { } first)
            return null;
        var mark = commands.Count;
        ImmutableArray<PipeOperator>.Builder? operators = null;
        while (true)
        {
            var end = cursor.Position;
            cursor.SkipBlanks();
            if (cursor.Current != '|' || cursor.Peek(1) == '|')
            {
                return operators is null ? first
                    : new Pipeline(cursor.Span(start, end), commands.Take(mark), operators.DrainToImmutable());
            }
            var at = cursor.Position;
            var both = cursor.Peek(1) == '&';
            cursor.Take(TokenKind.Operator, both ? 2 : 1);
            reader.Lines.SkipLines();
            if (ReadCommand() is not { } next)
            {
                ReportMissing(at, both ? 2 : 1);
                var piped = commands.Take(mark);
                return piped.IsEmpty ? first : new Pipeline(cursor.Span(start, end), piped, operators!.DrainToImmutable());
            }
            if (operators is null)
            {
                operators = ImmutableArray.CreateBuilder<PipeOperator>();
                commands.Push(first);
            }
            operators.Add(both ? PipeOperator.OutputAndError : PipeOperator.Output);
            commands.Push(next);
        }
    }

    /// <summary>Reads one simple or compound command; null when none begins here.</summary>
    public Command? ReadCommand()
    {
        var keyword = Keywords.Peek(cursor);
        if (cursor.Current == '(' || Keywords.OpensCompound(keyword) || keyword is Keyword.Function or Keyword.Coprocess)
        {
            var command = cursor.Enter() ? ReadNested(keyword) : null;
            cursor.Leave();
            return command;
        }
        return keyword >= Keyword.Then || keyword == Keyword.Bang ? null : reader.Simple.Read();
    }

    private Command ReadNested(Keyword keyword) => keyword switch
    {
        Keyword.Function => reader.Functions.ReadAfterKeyword(),
        Keyword.Coprocess => reader.Functions.ReadCoprocess(),
        _ => reader.Compounds.Read(keyword),
    };

    private bool AtListEnd()
    {
        switch (cursor.Current)
        {
            case 0:
                return true;
            case (byte)')':
                return reader.Open.Parentheses > 0;
            case (byte)';':
                return reader.Open.Cases > 0 && cursor.Peek(1) is (byte)';' or (byte)'&';
            case (byte)'f' or (byte)'d' or (byte)'e' or (byte)'t' or (byte)'}':
                return reader.Open.WaitsFor(Keywords.Peek(cursor));
            default:
                return false;
        }
    }

    private void ReportMissing(int at, int length) => cursor.Report(
        at, at + length, $"expected a command after `{cursor.String(at, at + length)}`", "add the command or remove the operator");
}
