using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <content>The search for commands in words: substitutions, wherever they stand.</content>
internal sealed partial class ScriptReader
{
    private void ReadRedirects(Command command, in ReadingContext context)
    {
        foreach (var redirect in command.Redirects)
        {
            ReadWord(redirect.Target, context);
            if (redirect.HereDocument is { } document)
                ReadWord(document.Body, context);
        }
    }

    private void ReadWords(ImmutableArray<Word> words, in ReadingContext context)
    {
        foreach (var word in words)
            ReadWord(word, context);
    }

    private void ReadWord(Word? word, in ReadingContext context)
    {
        if (word is not null)
            ReadParts(word.Parts, context);
    }

    private void ReadParts(ImmutableArray<WordPart> parts, in ReadingContext context)
    {
        foreach (var part in parts)
        {
            switch (part)
            {
                case Literal or SingleQuoted or AnsiQuoted:
                    break;
                case DoubleQuoted quoted:
                    ReadParts(quoted.Parts, context);
                    break;
                case ParameterExpansion { Argument: null, Replacement: null, Subscript: null, Offset: null }:
                    break;
                case CommandSubstitution substitution:
                    ReadSubstitution(substitution, substitution.Body, context);
                    break;
                case ProcessSubstitution substitution:
                    ReadSubstitution(substitution, substitution.Body, context);
                    break;
                default:
                    ReadExpression(part, context);
                    break;
            }
        }
    }

    private void ReadSubstitution(WordPart substitution, ImmutableArray<Statement> body, in ReadingContext context)
    {
        var before = Options;
        // bash switches errexit off in a command substitution, unless inherit_errexit is set.
        if (Options.Errexit != OptionValue.Off)
            Options = Options with { Errexit = OptionValue.Unknown };
        ReadStatements(
            body,
            context with
            {
                Substitution = substitution,
                SubshellDepth = context.SubshellDepth + 1,
                Alternative = null,
                IsPipedInto = false,
                Streams = new OutputStreams(OutputTarget.Captured, context.Streams.Error),
            }
        );
        Options = before;
    }

    /// <summary>
    /// Finds substitutions below a node of another kind: a test, an arithmetic expression, a parameter.
    /// </summary>
    private void ReadExpression(SyntaxNode? node, in ReadingContext context)
    {
        if (node is null || !CanGoDeeper())
            return;
        foreach (var child in node.Children)
        {
            if (child is Word word)
                ReadWord(word, context);
            else if (child is WordPart part)
                ReadParts([part], context);
            else
                ReadExpression(child, context);
        }
    }

    private void ReadAssignments(ImmutableArray<Assignment> list, in ReadingContext context)
    {
        foreach (var assignment in list)
        {
            ReadWord(assignment.Value, context);
            if (assignment.Array is { } array)
                ReadExpression(array, context);
            if (assignment.Subscript is { } subscript)
                ReadExpression(subscript, context);
        }
    }
}
