using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace VmRecovery.Compiler.Loading;

/// <summary>A method that stands for an error class or a menu option.</summary>
/// <param name="Member">The enum member.</param>
/// <param name="Method">The method.</param>
/// <param name="Attribute">What ties them together.</param>
internal sealed record Marked(IFieldSymbol Member, IMethodSymbol Method, AttributeData Attribute);

/// <summary>What a policy declares, found by its attributes.</summary>
internal sealed class PolicyModel
{
    /// <summary>The enum of error classes; its last meaning is "no evidence".</summary>
    public const string Classes = "ErrorClass";

    /// <summary>The enum of menu options.</summary>
    public const string Options = "MenuOption";

    /// <summary>The member of <see cref="Classes"/> that needs no detector.</summary>
    public const string NoEvidence = "Unknown";

    /// <summary>Looks through a compilation.</summary>
    public PolicyModel(PolicyCompilation policy)
    {
        Policy = policy;
        Types = [.. PolicyAttributes.Types(policy.Roslyn)];
        Methods = [.. Types.SelectMany(t => t.GetMembers().OfType<IMethodSymbol>()).Where(m => m.MethodKind == MethodKind.Ordinary)];
        ClassEnum = Types.FirstOrDefault(t => t is { TypeKind: TypeKind.Enum, Name: Classes });
        OptionEnum = Types.FirstOrDefault(t => t is { TypeKind: TypeKind.Enum, Name: Options });
        Detectors = Find("Detects");
        Offers = Find("Offers");
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

    /// <summary>Detectors, in the order in which classes win.</summary>
    public ImmutableArray<Marked> Detectors { get; }

    /// <summary>Predicates of the menu, in its order.</summary>
    public ImmutableArray<Marked> Offers { get; }

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
            ? [.. list.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression)]
            : [];

    private ImmutableArray<Marked> Find(string attribute) =>
    [
        .. from method in Methods
           from data in PolicyAttributes.Of(method, attribute)
           let member = PolicyAttributes.Member(data)
           where member is not null
           orderby Convert.ToInt64(member.ConstantValue, System.Globalization.CultureInfo.InvariantCulture)
           select new Marked(member, method, data),
    ];
}
