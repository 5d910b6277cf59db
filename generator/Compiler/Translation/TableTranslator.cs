using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Bash.Printing;
using VmRecovery.Compiler.Loading;

namespace VmRecovery.Compiler.Translation;

/// <summary>
/// Translates a static table of records: <c>name KEY</c> sets the variables of the entry with that key, the record's
/// first property; status 1 when there is none.
/// </summary>
internal static class TableTranslator
{
    /// <summary>The lookup function.</summary>
    public static FunctionDefinition Translate(Vocabulary vocabulary, Findings findings, IFieldSymbol table)
    {
        var arms = ImmutableArray.CreateBuilder<Arm>();
        var entries = PolicyModel.Entries(table);
        if (entries.IsEmpty)
            findings.Refuse(table, TranslationDiagnostics.Table, "a table is written as '[ new(…), … ]' with at least one entry");
        foreach (var entry in entries)
            if (Entry(vocabulary, findings, entry) is { } arm)
                arms.Add(arm);
        arms.Add(new Arm([new Word([new AnyText()])], [new Return(1)]));
        var name = PolicyAttributes.Text(table, "BashTable")!;
        return new FunctionDefinition(name, DocComment.Of(table), [new Case(Word.Value("1"), arms.ToImmutable())]);
    }

    private static Arm? Entry(Vocabulary vocabulary, Findings findings, ExpressionSyntax entry)
    {
        if (entry is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: var arguments, Initializer: null }
            || vocabulary.ModelOf(entry).GetSymbolInfo(entry).Symbol is not IMethodSymbol constructor)
        {
            findings.Refuse(entry, TranslationDiagnostics.Table, "an entry is 'new(…)' with constants");
            return null;
        }
        var expressions = new ExpressionTranslator(vocabulary, findings);
        Word? key = null;
        var bindings = ImmutableArray.CreateBuilder<Binding>();
        foreach (var argument in arguments)
        {
            var value = expressions.Value(argument.Expression);
            if (value.Constant is null || argument.NameColon is not null)
            {
                findings.Refuse(argument, TranslationDiagnostics.Table, "an entry is 'new(…)' with constants");
                return null;
            }
            var parameter = constructor.Parameters[arguments.IndexOf(argument)];
            key ??= value;
            var property = constructor.ContainingType.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault();
            if (property is not null && Vocabulary.VariableOf(property) is { } variable)
                bindings.Add(new Binding(variable, value));
        }
        return key is null ? null : new Arm([key], [new Assign(bindings.ToImmutable())]);
    }
}
