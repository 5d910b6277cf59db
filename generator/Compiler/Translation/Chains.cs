using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

/// <summary>The functions that no single method stands for: all detectors in order, all options in order.</summary>
internal static class Chains
{
    private const string ClassVariable = "_class";
    private const string OptionIds = "_option_ids";
    private const string OptionWords = "_option_words";

    /// <summary>The class of the failure: the first one whose detector claims it.</summary>
    public static FunctionDefinition SetClass(PolicyModel model, IFieldSymbol noEvidence) => new(
        "_vm_set_class",
        ["Sets _class: the first one, in this order, that claims the failure.", Origin(model.ClassList!)],
        [
            new For(
                ClassVariable,
                [.. model.Detectors.Select(d => Word.Of(PolicyModel.Id(d.Member)))],
                [
                    new ReturnWhen(
                        new Succeeds(new SimpleCommand(
                            [new Word([new PlainText(Vocabulary.ClaimsPrefix), new Replaced(ClassVariable, '-', '_')])])),
                        0),
                ]),
            new Assign(new Binding(ClassVariable, Word.Of(PolicyModel.Id(noEvidence)))),
        ]);

    /// <summary>What telemetry calls a class.</summary>
    public static FunctionDefinition Category(PolicyModel model, IFieldSymbol noEvidence) => new(
        "_vm_error_category",
        ["What ProxmoxVE's telemetry calls the class (misc/api.func, categorize_error); the answer is in REPLY.", Origin(model.ClassList!)],
        [
            new Case(
                Word.Value(ClassVariable),
                [
                    .. model.Categories.Where(c => !SymbolEqualityComparer.Default.Equals(c.Class, noEvidence)).GroupBy(c => c.Category)
                        .Select(g => new Arm([.. g.Select(c => Word.Of(PolicyModel.Id(c.Class)))], Reply(g.Key))),
                    new Arm([new Word([new AnyText()])], Reply(model.Categories.First(c => SymbolEqualityComparer.Default.Equals(c.Class, noEvidence)).Category)),
                ]),
        ]);

    private static ImmutableArray<Statement> Reply(string text) => [new Assign(new Binding("REPLY", Word.Of(text)))];

    /// <summary>Whether no detector claims the failure.</summary>
    public static FunctionDefinition ClaimsNothing(IFieldSymbol noEvidence) => new(
        UnknownFunction(noEvidence),
        ["Whether nothing claims the failure.", Origin(noEvidence)],
        [
            new Local(new Binding(ClassVariable)),
            new SimpleCommand("_vm_set_class"),
            new Check(new Like(Word.Value(ClassVariable), [Word.Of(PolicyModel.Id(noEvidence))])),
        ]);

    /// <summary>The options of the situation.</summary>
    public static FunctionDefinition SetOptions(Vocabulary vocabulary, PolicyModel model) => new(
        "_vm_set_options",
        ["Sets _option_ids and _option_words: what the user can choose, the best one first.", Origin(model.OptionList!)],
        [
            new EmptyArrays(OptionIds, OptionWords),
            .. model.Offers.Select(o => new Check(new All(
            [
                new Succeeds(new SimpleCommand(vocabulary.FunctionOf(o.Method))),
                .. o.Words is { } words ? [new Succeeds(new SimpleCommand(vocabulary.FunctionOf(words)))] : Array.Empty<Condition>(),
                new Succeeds(new SimpleCommand(
                    "_vm_add_option", Word.Of(PolicyModel.Id(o.Member)), o.Words is null ? Word.Of(Words(o.Member)) : Word.Value("REPLY"))),
            ]))),
            new Return(0),
        ]);

    /// <summary>The public form of a detector: it takes the failure as arguments. Its meaning stands above the detector.</summary>
    public static FunctionDefinition Wrapper(string name, string detector, bool first = false) => new(
        name,
        first ? [$"Usage, and so for every is_...: {name} EXIT_CODE LOG_FILE COMMAND"] : [],
        [new SimpleCommand([Word.Of("_vm_with_failure"), Word.Of(detector), new Word([new AllArguments()])])],
        OneLine: true);

    /// <summary>The function behind <c>is_unknown_error</c>.</summary>
    public static string UnknownFunction(IFieldSymbol noEvidence) => Vocabulary.ClaimsPrefix + Vocabulary.Snake(PolicyModel.Id(noEvidence));

    private static string Words(IFieldSymbol member) => PolicyAttributes.Text(member, "Id", 1) ?? member.Name;

    private static string Origin(ISymbol symbol) =>
        $"({(symbol is IFieldSymbol ? DocComment.Name(symbol) : symbol.Name)})";
}
