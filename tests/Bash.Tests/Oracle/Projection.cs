using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>
/// Expresses our tree in the node kinds and conventions of shfmt 3.6: statements around every command, binary nodes
/// in place of flat lists, ends that include here-documents.
/// </summary>
internal sealed class Projection
{
    private readonly List<PlacedNode> nodes = [];
    private readonly BashSyntaxTree tree;

    private Projection(BashSyntaxTree tree) => this.tree = tree;

    /// <summary>The nodes of a tree, sorted.</summary>
    public static List<PlacedNode> Nodes(BashSyntaxTree tree)
    {
        var projection = new Projection(tree);
        foreach (var statement in tree.Root.Statements)
            projection.Statement(statement);
        foreach (var comment in tree.Comments)
            projection.Add("Comment", comment.Span.Start, comment.Span.End);
        projection.nodes.Sort();
        return projection.nodes;
    }

    private void Add(string kind, int start, int end) => nodes.Add(new PlacedNode(kind, start, end));

    private void Statements(ImmutableArray<Statement> statements)
    {
        foreach (var statement in statements)
            Statement(statement);
    }

    private void Statement(Statement statement)
    {
        var end = Command(statement.Command, wrap: false);
        if (statement.Terminator != StatementTerminator.None)
            end = statement.Span.End;
        Add("Stmt", statement.Span.Start, end);
    }

    // Adds a command, in a statement of its own if asked; returns the end of that statement.
    private int Command(Command command, bool wrap)
    {
        var start = command.Span.Start;
        var end = command switch
        {
            AndOrList list => Binary(start, list.Operands),
            Pipeline pipeline => Binary(start, pipeline.Commands),
            Negation { Command: { } inner } => Command(inner, wrap: false),
            Negation => start + 1,
            TimedCommand timed => Timed(timed),
            Coprocess coprocess => CoprocessEnd(coprocess),
            FunctionDefinition function => Function(function),
            SimpleCommand simple => Simple(simple),
            Declaration declaration => DeclarationEnd(declaration),
            _ => Compound(command),
        };
        foreach (var redirect in command.Redirects)
            end = Math.Max(end, Redirect(redirect));
        if (command.Redirects is [.., { HereDocument: not null }] or [.., _])
            end = Math.Max(LastPart(command), End(command.Redirects[^1]));
        if (wrap)
            Add("Stmt", start, end);
        return end;
    }

    private int LastPart(Command command) => command switch
    {
        SimpleCommand simple => Math.Max(
            simple.Words.IsEmpty ? 0 : simple.Words[^1].Span.End, simple.Assignments.IsEmpty ? 0 : simple.Assignments[^1].Span.End),
        Declaration declaration => declaration.Arguments.IsEmpty ? declaration.NameWord.Span.End : declaration.Arguments[^1].Span.End,
        _ => CloserEnd(command),
    };

    private int Binary(int start, ImmutableArray<Command> operands)
    {
        var end = Command(operands[0], wrap: true);
        for (var i = 1; i < operands.Length; i++)
        {
            end = Command(operands[i], wrap: true);
            Add("BinaryCmd", start, end);
            if (i < operands.Length - 1)
                Add("Stmt", start, end);
        }
        return end;
    }

    private int Timed(TimedCommand timed)
    {
        var end = timed.Command is null ? timed.Span.End : Command(timed.Command, wrap: true);
        Add("TimeClause", timed.Span.Start, end);
        return end;
    }

    private int CoprocessEnd(Coprocess coprocess)
    {
        if (coprocess.Name is not null)
        {
            var name = tree.Tokens.First(t => t.Kind == TokenKind.Name && t.Span.Start >= coprocess.Span.Start).Span;
            Add("Word", name.Start, name.End);
            Add("Lit", name.Start, name.End);
        }
        var end = Command(coprocess.Command, wrap: true);
        Add("CoprocClause", coprocess.Span.Start, end);
        return end;
    }

    private int Function(FunctionDefinition function)
    {
        Add("Lit", function.NameSpan.Start, function.NameSpan.End);
        var end = Command(function.Body, wrap: true);
        Add("FuncDecl", function.Span.Start, end);
        return end;
    }

    private int Simple(SimpleCommand command)
    {
        foreach (var assignment in command.Assignments)
            Assignment(assignment);
        foreach (var word in command.Words)
            Word(word);
        if (command.Assignments.IsEmpty && command.Words.IsEmpty)
            return 0;
        var start = command.Assignments.IsEmpty ? command.Words[0].Span.Start : command.Assignments[0].Span.Start;
        var end = command.Words.IsEmpty ? command.Assignments[^1].Span.End : command.Words[^1].Span.End;
        Add("CallExpr", start, end);
        return end;
    }

    private int DeclarationEnd(Declaration declaration)
    {
        Add("Lit", declaration.NameWord.Span.Start, declaration.NameWord.Span.End);
        foreach (var argument in declaration.Arguments)
        {
            if (argument is Assignment assignment)
            {
                Assignment(assignment);
                continue;
            }
            Add("Assign", argument.Span.Start, argument.Span.End);
            if (argument is Word { Parts: [Literal literal] } name && IsName(literal.Value))
                Add("Lit", name.Span.Start, name.Span.End);
            else
                Word((Word)argument);
        }
        var end = declaration.Arguments.IsEmpty ? declaration.NameWord.Span.End : declaration.Arguments[^1].Span.End;
        Add("DeclClause", declaration.NameWord.Span.Start, end);
        return end;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    // The end of a compound command without its redirections.
    private int CloserEnd(Command command)
    {
        if (command.Redirects.IsEmpty)
            return command.Span.End;
        var first = command.Redirects[0].Span.Start;
        var (low, high) = (0, tree.Tokens.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tree.Tokens[middle].Span.Start < first)
                low = middle + 1;
            else
                high = middle;
        }
        return tree.Tokens[low - 1].Span.End;
    }

    private int Compound(Command command)
    {
        var end = CloserEnd(command);
        switch (command)
        {
            case Subshell subshell:
                Statements(subshell.Body);
                Add("Subshell", command.Span.Start, end);
                break;
            case Group group:
                Statements(group.Body);
                Add("Block", command.Span.Start, end);
                break;
            case IfCommand conditional:
                If(conditional, end);
                break;
            case WhileLoop loop:
                Statements(loop.Condition);
                Statements(loop.Body);
                Add("WhileClause", command.Span.Start, end);
                break;
            case ForLoop loop:
                WordLoop(command, loop.VariableSpan.Start, loop.VariableSpan.End, loop.Words, loop.HasIn, loop.Body, end);
                break;
            case SelectLoop loop:
                WordLoop(command, loop.VariableSpan.Start, loop.VariableSpan.End, loop.Words, loop.HasIn, loop.Body, end);
                break;
            case ArithmeticForLoop loop:
                CounterLoop(loop, end);
                break;
            case CaseCommand choice:
                Case(choice, end);
                break;
            case TestCommand test:
                Test(test.Expression);
                Add("TestClause", command.Span.Start, end);
                break;
            case ArithmeticCommand arithmetic:
                Arithmetic(arithmetic.Expression);
                Add("ArithmCmd", command.Span.Start, end);
                break;
        }
        return end;
    }

    private void If(IfCommand command, int end)
    {
        foreach (var clause in command.Clauses)
        {
            Statements(clause.Condition);
            Statements(clause.Body);
            Add("IfClause", clause.Span.Start, end);
        }
        if (command.Else is { } otherwise)
        {
            Statements(otherwise.Body);
            Add("IfClause", otherwise.Span.Start, end);
        }
    }

    private void WordLoop(Command command, int start, int nameEnd, ImmutableArray<Word> words, bool hasIn, ImmutableArray<Statement> body, int end)
    {
        Add("Lit", start, nameEnd);
        foreach (var word in words)
            Word(word);
        var iterationEnd = words.IsEmpty ? nameEnd : words[^1].Span.End;
        if (hasIn && words.IsEmpty)
            iterationEnd = tree.Tokens.First(t => t.Kind == TokenKind.Keyword && t.Span.Start >= nameEnd).Span.End;
        Add("WordIter", start, iterationEnd);
        Statements(body);
        Add("ForClause", command.Span.Start, end);
    }

    private void CounterLoop(ArithmeticForLoop loop, int end)
    {
        Arithmetic(loop.Initial);
        Arithmetic(loop.Condition);
        Arithmetic(loop.Step);
        var open = tree.Tokens.First(t => t.Span.Start > loop.Span.Start).Span.Start;
        var after = Math.Max(loop.Step?.Span.End ?? 0, Math.Max(loop.Condition?.Span.End ?? 0, loop.Initial?.Span.End ?? open));
        var close = tree.Tokens.First(t => t.Kind == TokenKind.Operator && t.Span.Start >= after && t.Span.Length == 2
            && tree.Source.Span[t.Span.Start] == ')').Span.End;
        Add("CStyleLoop", open, close);
        Statements(loop.Body);
        Add("ForClause", loop.Span.Start, end);
    }

    private void Case(CaseCommand command, int end)
    {
        Word(command.Subject);
        foreach (var item in command.Items)
        {
            foreach (var pattern in item.Patterns)
                Word(pattern);
            Statements(item.Body);
            // An opening parenthesis is not a part of the item.
            var itemEnd = item.Terminator == CaseTerminator.None && item.Body.IsEmpty ? item.Span.End : item.Span.End;
            Add("CaseItem", item.Patterns.IsEmpty ? item.Span.Start : item.Patterns[0].Span.Start, itemEnd);
        }
        Add("CaseClause", command.Span.Start, end);
    }

    private void Test(TestExpression? expression)
    {
        switch (expression)
        {
            case WordTest test:
                Word(test.Word);
                break;
            case UnaryTest test:
                Word(test.Operand);
                Add("UnaryTest", test.Span.Start, test.Span.End);
                break;
            case BinaryTest test:
                Word(test.Left);
                Word(test.Right);
                Add("BinaryTest", test.Span.Start, test.Span.End);
                break;
            case NotTest test:
                Test(test.Operand);
                Add("UnaryTest", test.Span.Start, test.Span.End);
                break;
            case ParenthesizedTest test:
                Test(test.Expression);
                Add("ParenTest", test.Span.Start, test.Span.End);
                break;
            case AndTest test:
                TestList(test.Operands);
                break;
            case OrTest test:
                TestList(test.Operands);
                break;
        }
    }

    // shfmt associates to the right.
    private void TestList(ImmutableArray<TestExpression> operands)
    {
        foreach (var operand in operands)
            Test(operand);
        for (var i = 0; i < operands.Length - 1; i++)
            Add("BinaryTest", operands[i].Span.Start, operands[^1].Span.End);
    }

    private void Arithmetic(ArithmeticExpression? expression)
    {
        switch (expression)
        {
            case ArithmeticBinary binary:
                ArithmeticList(binary.Operands);
                break;
            case ArithmeticSequence sequence:
                ArithmeticList(sequence.Expressions);
                break;
            case ArithmeticAssignment assignment:
                ArithmeticList([assignment.Target, assignment.Value]);
                break;
            case ArithmeticConditional conditional:
                Arithmetic(conditional.Condition);
                ArithmeticList([conditional.WhenTrue, conditional.WhenFalse]);
                Add("BinaryArithm", conditional.Span.Start, conditional.Span.End);
                break;
            case ArithmeticUnary unary:
                Arithmetic(unary.Operand);
                Add("UnaryArithm", unary.Span.Start, unary.Span.End);
                break;
            case ArithmeticParenthesized parenthesized:
                Arithmetic(parenthesized.Expression);
                Add("ParenArithm", parenthesized.Span.Start, parenthesized.Span.End);
                break;
            case ArithmeticVariable variable:
                Variable(variable);
                break;
            case ArithmeticNumber number:
                Add("Word", number.Span.Start, number.Span.End);
                Add("Lit", number.Span.Start, number.Span.End);
                break;
            case ArithmeticWord word:
                Word(word.Word);
                break;
        }
    }

    private void Variable(ArithmeticVariable variable)
    {
        Add("Word", variable.Span.Start, variable.Span.End);
        if (variable.Subscript is null)
        {
            Add("Lit", variable.Span.Start, variable.Span.End);
            return;
        }
        Add("ParamExp", variable.Span.Start, variable.Span.End);
        Add("Lit", variable.Span.Start, variable.Subscript.Span.Start);
        Subscript(variable.Subscript);
    }

    private void ArithmeticList(ImmutableArray<ArithmeticExpression> operands)
    {
        foreach (var operand in operands)
            Arithmetic(operand);
        for (var i = 1; i < operands.Length; i++)
            Add("BinaryArithm", operands[0].Span.Start, operands[i].Span.End);
    }

    private void Subscript(Subscript? subscript)
    {
        if (subscript is null)
            return;
        if (subscript.All is not null)
        {
            Add("Word", subscript.Span.Start + 1, subscript.Span.End - 1);
            Add("Lit", subscript.Span.Start + 1, subscript.Span.End - 1);
        }
        Arithmetic(subscript.Index);
    }

    private void Assignment(Assignment assignment)
    {
        Add("Lit", assignment.NameSpan.Start, assignment.NameSpan.End);
        Subscript(assignment.Subscript);
        if (assignment.Value is not null)
            Word(assignment.Value);
        if (assignment.Array is not null)
            Array(assignment.Array);
        Add("Assign", assignment.Span.Start, assignment.Span.End);
    }

    private void Array(ArrayLiteral array)
    {
        foreach (var element in array.Elements)
        {
            Subscript(element.Subscript);
            if (element.Value is not null)
                Word(element.Value);
            // An element with a subscript begins behind its bracket.
            var start = element.Subscript is null ? element.Span.Start : element.Span.Start + 1;
            Add("ArrayElem", start, element.Span.End);
        }
        Add("ArrayExpr", array.Span.Start, array.Span.End);
    }

    private static int End(Redirect redirect) => redirect.HereDocument?.Span.End ?? redirect.Target?.Span.End ?? redirect.Span.End;

    private int Redirect(Redirect redirect)
    {
        if (redirect.Target is not null)
            Word(redirect.Target);
        if (redirect.Descriptor is not null || redirect.Variable is not null)
        {
            var end = redirect.Span.Start;
            while (tree.Source.Span[end] is not ((byte)'<' or (byte)'>'))
                end++;
            Add("Lit", redirect.Span.Start, end);
        }
        if (redirect.HereDocument is { } document)
        {
            var parts = document.Body.Parts;
            for (var i = 0; i < parts.Length; i++)
            {
                if (parts[i] is Literal)
                    HereDocumentText(document, parts[i], i == parts.Length - 1);
                else
                    Part(parts[i]);
            }
            if (parts is not [.., Literal])
                Add("Lit", document.Body.Span.End, document.Span.End);
            Add("Word", document.Span.Start, document.Span.End);
        }
        Add("Redirect", redirect.Span.Start, End(redirect));
        return End(redirect);
    }

    // Without the tabs that are removed before the text is used.
    private void HereDocumentText(HereDocument document, WordPart text, bool isLast)
    {
        var start = text.Span.Start;
        if (document.StripsTabs && tree.Source.Span[start - 1] == '\n')
        {
            while (tree.Source.Span[start] == '\t')
                start++;
        }
        var end = isLast ? document.Span.End : text.Span.End;
        Add("Lit", start, end);
    }

    private void Word(Word word)
    {
        Add("Word", word.Span.Start, word.Span.End);
        foreach (var part in word.Parts)
            Part(part);
    }

    private void Part(WordPart part)
    {
        switch (part)
        {
            case Literal:
                Add("Lit", part.Span.Start, part.Span.End);
                break;
            case SingleQuoted or AnsiQuoted:
                Add("SglQuoted", part.Span.Start, part.Span.End);
                break;
            case DoubleQuoted quoted:
                Quoted(part, quoted.Parts);
                break;
            case LocaleQuoted quoted:
                Quoted(part, quoted.Parts);
                break;
            case ParameterExpansion expansion:
                Parameter(expansion);
                break;
            case CommandSubstitution substitution:
                Statements(substitution.Body);
                Add("CmdSubst", part.Span.Start, part.Span.End);
                break;
            case ProcessSubstitution substitution:
                Statements(substitution.Body);
                Add("ProcSubst", part.Span.Start, part.Span.End);
                break;
            case ArithmeticExpansion expansion:
                Arithmetic(expansion.Expression);
                Add("ArithmExp", part.Span.Start, part.Span.End);
                break;
            case ExtendedGlob:
                Add("Lit", part.Span.Start + 2, part.Span.End - 1);
                Add("ExtGlob", part.Span.Start, part.Span.End);
                break;
            case ArrayLiteral array:
                Array(array);
                break;
        }
    }

    private void Quoted(WordPart part, ImmutableArray<WordPart> parts)
    {
        foreach (var inner in parts)
            Part(inner);
        Add("DblQuoted", part.Span.Start, part.Span.End);
    }

    // shfmt counts the anchor of `${x/#pattern}` to the pattern.
    private void Anchored(Word pattern)
    {
        var start = pattern.Span.Start - 1;
        Add("Word", start, pattern.Span.End);
        var rest = pattern.Parts;
        if (rest is [Literal first, ..])
        {
            Add("Lit", start, first.Span.End);
            rest = rest[1..];
        }
        else
        {
            Add("Lit", start, start + 1);
        }
        foreach (var part in rest)
            Part(part);
    }

    private void Parameter(ParameterExpansion expansion)
    {
        Add("ParamExp", expansion.Span.Start, expansion.Span.End);
        Add("Lit", expansion.NameSpan.Start, expansion.NameSpan.End);
        Subscript(expansion.Subscript);
        Arithmetic(expansion.Offset);
        Arithmetic(expansion.SubstringLength);
        if (expansion.Operator is ParameterOperator.ReplacePrefix or ParameterOperator.ReplaceSuffix)
        {
            Anchored(expansion.Argument!);
            if (expansion.Replacement is { Parts.IsEmpty: false })
                Word(expansion.Replacement);
            return;
        }
        foreach (var word in new[] { expansion.Argument, expansion.Replacement })
        {
            if (word is { Parts.IsEmpty: false })
                Word(word);
        }
    }
}
