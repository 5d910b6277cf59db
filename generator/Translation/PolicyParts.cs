using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash;

namespace VmRecovery.Translation;

/// <summary>Functions that follow from several symbols of the policy together.</summary>
internal static class PolicyParts
{
    /// <summary>The public function in front of a detector: EXIT_CODE LOG_FILE COMMAND.</summary>
    public static FunctionDefinition Wrapper(IMethodSymbol detector) => new(
        detector.AttributeText("BashFunction")!,
        [],
        [new CommandStatement([Word.Of("_vm_with_failure"), Word.Of(FunctionNames.Of(detector)), new RawWord("\"$@\"")], IgnoresStatus: false)]);

    /// <summary>A table as a function that sets one variable a property for the key it is given.</summary>
    public static FunctionDefinition Table(IFieldSymbol table, Compilation compilation)
    {
        var declaration = (VariableDeclaratorSyntax)table.DeclaringSyntaxReferences[0].GetSyntax();
        var model = compilation.GetSemanticModel(declaration.SyntaxTree);
        var words = new WordTranslator(model);
        var arms = declaration.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
            .Select(row => (Key: words.Constant(row.ArgumentList!.Arguments[0].Expression), Values: Values(row, model, words)))
            .GroupBy(row => string.Join(' ', row.Values.Select(value => $"{value.Name}={value.Value.ToSource()}")), StringComparer.Ordinal)
            .Select(group => (
                Values: group.Select(row => row.Key).ToImmutableArray(),
                Body: group.First().Values.Select(Statement (value) => new AssignmentStatement(value.Name, value.Value, IsLocal: false)).ToImmutableArray()));
        return new FunctionDefinition(
            table.AttributeText("BashTable")!,
            TranslatedPolicy.Comment(table),
            [new CaseStatement("1", [.. arms, ([], [new ReturnStatement(1)])])]);
    }

    /// <summary>What the enums say: which class wins, its words, and the menu in its order.</summary>
    public static IEnumerable<TranslatedFunction> Vocabulary(Compilation compilation)
    {
        var types = TranslatedPolicy.Types(compilation).ToList();
        var classes = types.First(type => type.Name == "ErrorClass");
        var options = types.First(type => type.Name == "MenuOption");
        var members = Members(classes);
        var unknown = members.First(member => member.Name == "Unknown");
        var known = members.Where(member => !SymbolEqualityComparer.Default.Equals(member, unknown)).ToList();
        yield return TranslatedPolicy.Described(unknown, "detectors", new FunctionDefinition(
            "_vm_set_class",
            [$"Sets class to the first that claims the failure. ({FileOf(classes)}, ErrorClass)"],
            [
                new IfStatement(
                [
                    .. known.Select(member => (
                        (Condition?)new CallCondition([Word.Of($"_vm_claims_{FunctionNames.Snake(member)}")]), Set("class", member.Id()!))),
                    (null, Set("class", unknown.Id()!)),
                ]),
            ]));
        yield return TranslatedPolicy.Described(unknown, "detectors", new FunctionDefinition(
            "_vm_claims_unknown",
            ["No class claims the failure."],
            [
                new AssignmentStatement("class", Word.Of(""), IsLocal: true),
                new CommandStatement([Word.Of("_vm_set_class")], IgnoresStatus: false),
                new ConditionStatement(new TestCondition($"[[ $class == {unknown.Id()} ]]")),
            ]));
        yield return TranslatedPolicy.Described(unknown, "detectors", new FunctionDefinition(
            "is_unknown_error", [], [new CommandStatement([Word.Of("_vm_with_failure"), Word.Of("_vm_claims_unknown"), new RawWord("\"$@\"")], IgnoresStatus: false)]));
        yield return TranslatedPolicy.Described(unknown, "detectors", new FunctionDefinition(
            "_vm_class_words",
            [$"Sets words to what a user reads for class. ({FileOf(classes)}, ErrorClass)"],
            [
                new CaseStatement("class",
                [
                    .. known.Select(member => (ImmutableArray.Create(member.Id()!), Set("words", member.AttributeText("Id", 1)!))),
                    ([], Set("words", unknown.AttributeText("Id", 1)!)),
                ]),
            ]));
        yield return TranslatedPolicy.Described(options.GetMembers().OfType<IFieldSymbol>().First(), "menu", new FunctionDefinition(
            "_vm_set_options",
            [$"Sets option_ids and option_words to what the menu offers now. ({FileOf(options)}, MenuOption)"],
            [
                new ClearStatement(["option_ids", "option_words"]),
                .. Members(options).Select(member => new IfStatement(
                [
                    (new CallCondition([Word.Of($"_vm_offers_{FunctionNames.Snake(member)}")]),
                    [
                        new AppendStatement("option_ids", [Word.Of(member.Id()!)]),
                        new AppendStatement("option_words", [Word.Of(member.AttributeText("Id", 1)!)]),
                    ]),
                ])),
            ]));
    }

    private static ImmutableArray<(string Name, Word Value)> Values(BaseObjectCreationExpressionSyntax row, SemanticModel model, WordTranslator words)
    {
        var constructor = (IMethodSymbol)model.GetSymbolInfo(row).Symbol!;
        return
        [
            .. from pair in constructor.Parameters.Zip(row.ArgumentList!.Arguments)
               let property = constructor.ContainingType.GetMembers(pair.First.Name).OfType<IPropertySymbol>().FirstOrDefault()
               let variable = property?.BashVariable()
               where variable is not null
               select (variable, model.GetConstantValue(pair.Second.Expression).Value is bool flag
                   ? Word.Of(flag ? "1" : "0")
                   : new RawWord(words.Constant(pair.Second.Expression))),
        ];
    }

    private static List<IFieldSymbol> Members(INamedTypeSymbol type) => [.. type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst)];

    private static ImmutableArray<Statement> Set(string name, string value) => [new AssignmentStatement(name, Word.Of(value), IsLocal: false)];

    private static string FileOf(INamedTypeSymbol type) => type.DeclaringSyntaxReferences[0].SyntaxTree.FilePath;
}
