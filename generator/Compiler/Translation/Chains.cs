using Microsoft.CodeAnalysis;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

/// <summary>The functions that no single method stands for: all detectors in order, all options in order.</summary>
internal static class Chains
{
    private const string ClassVariable = "_class";
    private const string WordsVariable = "_words";
    private const string OptionIds = "_option_ids";
    private const string OptionWords = "_option_words";

    /// <summary>The class of the failure: the first one whose detector claims it.</summary>
    public static FunctionDefinition SetClass(Vocabulary vocabulary, PolicyModel model, IFieldSymbol noEvidence) => new(
        "_vm_set_class",
        ["Sets _class: the first one, in this order, that claims the failure.", Origin(model.ClassEnum!)],
        [
            new If(
                [.. model.Detectors.Select(d => new Branch(
                    new Succeeds(new SimpleCommand(vocabulary.FunctionOf(d.Method))),
                    [new Assign(new Binding(ClassVariable, Word.Of(PolicyModel.Id(d.Member))))]))],
                [new Assign(new Binding(ClassVariable, Word.Of(PolicyModel.Id(noEvidence))))]),
        ]);

    /// <summary>Whether no detector claims the failure.</summary>
    public static FunctionDefinition ClaimsNothing(IFieldSymbol noEvidence) => new(
        UnknownFunction(noEvidence),
        ["Whether nothing claims the failure.", Origin(noEvidence)],
        [
            new Local(new Binding(ClassVariable)),
            new SimpleCommand("_vm_set_class"),
            new Check(new Like(Word.Value(ClassVariable), [Word.Of(PolicyModel.Id(noEvidence))])),
        ]);

    /// <summary>What a user reads for a class.</summary>
    public static FunctionDefinition ClassWords(PolicyModel model, IFieldSymbol noEvidence) => new(
        "_vm_class_words",
        ["Sets _words: what went wrong, for a person.", Origin(model.ClassEnum!)],
        [
            new Case(Word.Value(ClassVariable),
            [
                .. PolicyAttributes.Members(model.ClassEnum!).Where(m => !SymbolEqualityComparer.Default.Equals(m, noEvidence))
                    .Select(m => new Arm([Word.Of(PolicyModel.Id(m))], [new Assign(new Binding(WordsVariable, Word.Of(Words(m))))])),
                new Arm([new Word([new AnyText()])], [new Assign(new Binding(WordsVariable, Word.Of(Words(noEvidence))))]),
            ]),
        ]);

    /// <summary>The options of the situation.</summary>
    public static FunctionDefinition SetOptions(Vocabulary vocabulary, PolicyModel model) => new(
        "_vm_set_options",
        ["Sets _option_ids and _option_words: what the user can choose, in the order of the menu.", Origin(model.OptionEnum!)],
        [
            new EmptyArrays(OptionIds, OptionWords),
            .. model.Offers.Select(o => new If(
                [new Branch(
                    new Succeeds(new SimpleCommand(vocabulary.FunctionOf(o.Method))),
                    [
                        new Append(OptionIds, Word.Of(PolicyModel.Id(o.Member))),
                        new Append(OptionWords, Word.Of(Words(o.Member))),
                    ])],
                [])),
        ]);

    /// <summary>The public form of a detector: it takes the failure as arguments. What it means stands above the detector.</summary>
    public static FunctionDefinition Wrapper(string name, string detector) => new(
        name,
        [],
        [new SimpleCommand([Word.Of("_vm_with_failure"), Word.Of(detector), new Word([new AllArguments()])])]);

    /// <summary>The function behind <c>is_unknown_error</c>.</summary>
    public static string UnknownFunction(IFieldSymbol noEvidence) => "_vm_claims_" + Vocabulary.Snake(PolicyModel.Id(noEvidence));

    private static string Words(IFieldSymbol member) => PolicyAttributes.Text(member, "Id", 1) ?? member.Name;

    private static string Origin(ISymbol symbol) =>
        $"({(symbol is IFieldSymbol ? DocComment.Name(symbol) : symbol.Name)})";
}
