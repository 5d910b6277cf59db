using Microsoft.CodeAnalysis;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

/// <summary>Translates a whole policy: what is marked, and what the marked methods call.</summary>
internal sealed class PolicyTranslator
{
    private readonly PolicyModel model;
    private readonly Vocabulary vocabulary;
    private readonly Findings findings = new();
    private readonly HashSet<IMethodSymbol> done = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> open = new(SymbolEqualityComparer.Default);
    private readonly List<TranslatedFunction> functions = [];

    private PolicyTranslator(PolicyModel model)
    {
        this.model = model;
        vocabulary = new Vocabulary(model);
    }

    /// <summary>Functions in the order of chapters; or what can't be translated.</summary>
    public static TranslatedPolicy Translate(PolicyModel model) => new PolicyTranslator(model).Run();

    private TranslatedPolicy Run()
    {
        CheckNames();
        var noEvidence = model.ClassEnum is { } classes
            ? PolicyAttributes.Members(classes).FirstOrDefault(m => m.Name == PolicyModel.NoEvidence)
            : null;
        foreach (var detector in model.Detectors)
        {
            AddMethod(detector.Method, PolicyChapter.Detectors);
            if (PolicyAttributes.Text(detector.Method, "BashFunction") is { } name)
                Add(
                    Chains.Wrapper(name, vocabulary.FunctionOf(detector.Method), first: detector == model.Detectors[0]),
                    detector.Method,
                    PolicyChapter.Detectors);
        }
        if (noEvidence is not null)
        {
            Add(Chains.SetClass(model, noEvidence), model.ClassEnum!, PolicyChapter.Detectors);
            Add(Chains.ClaimsNothing(noEvidence), noEvidence, PolicyChapter.Detectors);
            Add(Chains.Wrapper("is_unknown_error", Chains.UnknownFunction(noEvidence)), noEvidence, PolicyChapter.Detectors);
            Add(Chains.Category(model, noEvidence), model.ClassEnum!, PolicyChapter.Detectors);
            Add(new ReasonTranslator(vocabulary, findings, model).Translate(), model.ClassEnum!, PolicyChapter.Reasons);
        }
        foreach (var offer in model.Offers)
        {
            AddMethod(offer.Method, PolicyChapter.Menu);
            if (offer.Words is { } words)
                AddMethod(words, PolicyChapter.Menu);
        }
        if (model.OptionEnum is { } options)
            Add(Chains.SetOptions(vocabulary, model), options, PolicyChapter.Menu);
        foreach (var method in model.Methods.Where(m => PolicyAttributes.Text(m, "BashFunction") is not null))
            AddMethod(method, PolicyChapter.Cleanup);
        foreach (var table in model.Tables)
            Add(TableTranslator.Translate(vocabulary, findings, table), table, PolicyChapter.Profiles);
        return findings.Any ? new TranslatedPolicy([], findings.Sorted()) : new TranslatedPolicy([.. functions], []);
    }

    private void AddMethod(IMethodSymbol method, PolicyChapter chapter)
    {
        if (!done.Add(method))
            return;
        var (function, calls) = MethodTranslator.Translate(vocabulary, findings, method);
        open.Add(method);
        // What is called stands above its caller.
        foreach (var called in calls)
            if (open.Contains(called))
                findings.Refuse(called, TranslationDiagnostics.Call, $"'{called.Name}' calls itself, directly or through others: nothing would end it");
            else
                AddMethod(called, chapter);
        open.Remove(method);
        Add(function, method, chapter);
    }

    private void Add(FunctionDefinition function, ISymbol origin, PolicyChapter chapter)
    {
        var member = origin is INamedTypeSymbol ? origin.Name : DocComment.Name(origin);
        if (functions.Any(f => f.Name == function.Name))
            findings.Refuse(origin, TranslationDiagnostics.Name, $"'{function.Name}' is another function already: overloads have one name in bash");
        var text = findings.Any ? "" : BashWriter.Write(function);
        functions.Add(new TranslatedFunction(function.Name, chapter, member, SourceLocations.Of(origin), text));
    }

    private void CheckNames()
    {
        var names = new Dictionary<string, ISymbol>(StringComparer.Ordinal);
        foreach (var symbol in model.Methods.Concat<ISymbol>(model.Tables))
            foreach (var name in new[] { PolicyAttributes.Text(symbol, "BashFunction"), PolicyAttributes.Text(symbol, "BashTable") }.OfType<string>())
            {
                if (!Vocabulary.IsName(name) || !name.TrimStart('_').StartsWith("vm_", StringComparison.Ordinal) && !name.StartsWith("is_", StringComparison.Ordinal))
                    findings.Refuse(symbol, TranslationDiagnostics.Name, $"'{name}' is not possible: functions of the recovery part are called _vm_…, vm_… or is_…");
                else if (!names.TryAdd(name, symbol))
                    findings.Refuse(symbol, TranslationDiagnostics.Name, $"'{name}' is the name of {DocComment.Name(names[name])} already");
            }
        foreach (var property in model.Types.SelectMany(t => t.GetMembers().OfType<IPropertySymbol>()))
            if (Vocabulary.VariableOf(property) is { } variable && (!Vocabulary.IsName(variable) || variable[0] != '_'))
                findings.Refuse(property, TranslationDiagnostics.Name, $"'{variable}' is not possible: a shell variable is called _name, out of a script's way");
    }
}
