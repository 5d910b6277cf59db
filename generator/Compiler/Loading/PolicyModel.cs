using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmRecovery.Compiler.Loading;

/// <summary>An error class or a menu option, and the method that stands for it.</summary>
/// <param name="Member">The enum member.</param>
/// <param name="Method">The method.</param>
/// <param name="Entry">The entry of the list that ties them together.</param>
/// <param name="Words">The method that gives an option its words; null where they are fixed.</param>
internal sealed record Registered(
    IFieldSymbol Member, IMethodSymbol Method, BaseObjectCreationExpressionSyntax Entry, IMethodSymbol? Words = null);

/// <summary>The causes of an error class.</summary>
/// <param name="Class">The class.</param>
/// <param name="Table">The field that holds them; null when the list of classes holds them itself.</param>
/// <param name="Entries">One expression a cause.</param>
internal sealed record ClassCauses(IFieldSymbol Class, IFieldSymbol? Table, ImmutableArray<ExpressionSyntax> Entries);

/// <summary>The declarations of a policy, found by names and attributes.</summary>
/// <remarks>
/// Two lists say what there is: <c>Classifier.Detectors</c> and <c>RecoveryMenu.Items</c>. The native engine goes through
/// them and the translator reads them.
/// </remarks>
internal sealed class PolicyModel
{
    /// <summary>The enum of error classes; its last meaning is "no evidence".</summary>
    public const string Classes = "ErrorClass";

    /// <summary>The enum of menu options.</summary>
    public const string Options = "MenuOption";

    /// <summary>The member of <see cref="Classes"/> that claims what nothing else claims.</summary>
    public const string NoEvidence = "Unknown";

    /// <summary>Looks through a compilation.</summary>
    public PolicyModel(PolicyCompilation policy)
    {
        Policy = policy;
        Types = [.. PolicyAttributes.Types(policy.Roslyn)];
        Methods =
        [
            .. Types.SelectMany(t => t.GetMembers().OfType<IMethodSymbol>()).Where(m => m.MethodKind == MethodKind.Ordinary),
        ];
        ClassEnum = Types.FirstOrDefault(t => t is { TypeKind: TypeKind.Enum, Name: Classes });
        OptionEnum = Types.FirstOrDefault(t => t is { TypeKind: TypeKind.Enum, Name: Options });
        ClassList = Field("Classifier", "Detectors");
        OptionList = Field("RecoveryMenu", "Items");
        var classes = Read(ClassList);
        Detectors = [.. classes.Where(c => c.Member.Name != NoEvidence)];
        Offers = Read(OptionList);
        Causes = [.. classes.Select(CausesOf)];
        Categories = [.. classes.Select(c => (c.Member, Constant(c.Entry, 3) ?? ""))];
        Tables = [.. Types.SelectMany(t => t.GetMembers().OfType<IFieldSymbol>())
            .Where(f => PolicyAttributes.Text(f, "BashTable") is not null)];
    }

    /// <summary>The compilation.</summary>
    public PolicyCompilation Policy { get; }

    /// <summary>Its types, in the order of files and lines.</summary>
    public ImmutableArray<INamedTypeSymbol> Types { get; }

    /// <summary>Their methods, without constructors and accessors.</summary>
    public ImmutableArray<IMethodSymbol> Methods { get; }

    /// <summary>The error classes; null when the policy has none.</summary>
    public INamedTypeSymbol? ClassEnum { get; }

    /// <summary>The menu options; null when the policy has none.</summary>
    public INamedTypeSymbol? OptionEnum { get; }

    /// <summary>The list of classes with detector, causes and category; null when the policy has none.</summary>
    public IFieldSymbol? ClassList { get; }

    /// <summary>The list of options with their predicates; null when the policy has none.</summary>
    public IFieldSymbol? OptionList { get; }

    /// <summary>Detectors, in the order in which classes win.</summary>
    public ImmutableArray<Registered> Detectors { get; }

    /// <summary>Predicates of the menu, in its order.</summary>
    public ImmutableArray<Registered> Offers { get; }

    /// <summary>Causes by class.</summary>
    public ImmutableArray<ClassCauses> Causes { get; }

    /// <summary>The name that telemetry has for each class.</summary>
    public ImmutableArray<(IFieldSymbol Class, string Category)> Categories { get; }

    /// <summary>Fields that become lookup functions.</summary>
    public ImmutableArray<IFieldSymbol> Tables { get; }

    /// <summary>The id of an enum member, as scripts and users know it; its C# name when it has none.</summary>
    public static string Id(IFieldSymbol member) => PolicyAttributes.Text(member, "Id") ?? member.Name;

    /// <summary>The entries of a table, if it is written as a list of <c>new(…)</c>.</summary>
    public static ImmutableArray<ExpressionSyntax> Entries(IFieldSymbol table) =>
        table.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax
        {
            Initializer.Value: CollectionExpressionSyntax list,
        }
            ? Entries(list)
            : [];

    /// <summary>The member and the method that an entry of a list begins with; null when it is written otherwise.</summary>
    public Registered? Read(ExpressionSyntax entry)
    {
        if (entry is not BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: [{ Expression: var member }, { Expression: var method }, ..] } creation)
            return null;
        var semantics = Policy.Roslyn.GetSemanticModel(entry.SyntaxTree);
        return semantics.GetSymbolInfo(member).Symbol is IFieldSymbol { ContainingType.TypeKind: TypeKind.Enum } field
            && semantics.GetSymbolInfo(method).Symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary } target
            ? new Registered(field, target, creation, WordsOf(creation))
            : null;
    }

    private IMethodSymbol? WordsOf(BaseObjectCreationExpressionSyntax entry) =>
        entry.ArgumentList is { Arguments: [_, _, { Expression: var third }, ..] }
            ? Policy.Roslyn.GetSemanticModel(third.SyntaxTree).GetSymbolInfo(third).Symbol as IMethodSymbol
            : null;

    /// <summary>An argument of an entry that is a constant text; null when it is something else.</summary>
    public string? Constant(BaseObjectCreationExpressionSyntax entry, int argument) =>
        entry.ArgumentList is { Arguments: var all } && all.Count > argument
        && Policy.Roslyn.GetSemanticModel(entry.SyntaxTree).GetConstantValue(all[argument].Expression) is { Value: string text }
            ? text
            : null;

    private static ImmutableArray<ExpressionSyntax> Entries(CollectionExpressionSyntax list) =>
        [.. list.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression)];

    private IFieldSymbol? Field(string type, string field) =>
        Types.Where(t => t.Name == type).SelectMany(t => t.GetMembers(field)).OfType<IFieldSymbol>().FirstOrDefault();

    private ImmutableArray<Registered> Read(IFieldSymbol? list) =>
        list is null ? [] : [.. Entries(list).Select(Read).OfType<Registered>()];

    private ClassCauses CausesOf(Registered entry)
    {
        var causes = entry.Entry.ArgumentList is { Arguments: [_, _, { Expression: var third }, ..] } ? third : null;
        if (causes is CollectionExpressionSyntax list)
            return new ClassCauses(entry.Member, null, Entries(list));
        return causes is not null && Policy.Roslyn.GetSemanticModel(causes.SyntaxTree).GetSymbolInfo(causes).Symbol is IFieldSymbol table
            ? new ClassCauses(entry.Member, table, Entries(table))
            : new ClassCauses(entry.Member, null, []);
    }
}
