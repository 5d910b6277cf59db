using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler;

/// <summary>Diagnostics about generated bash, reported at the C# member or chapter that a line comes from.</summary>
internal static class OutputDiagnostics
{
    private const string Category = "output";

    public static readonly DiagnosticDescriptor ShellCheck = new()
    {
        Id = "VMP301",
        Name = "shellcheck",
        Category = Category,
        Summary = "ShellCheck finds something in the generated bash",
        Help =
            "correct the chapter of templates/ or the C# member; ShellCheck explains the code at " +
            "https://www.shellcheck.net/wiki/",
    };

    public static readonly DiagnosticDescriptor Format = new()
    {
        Id = "VMP302",
        Name = "format",
        Category = Category,
        Summary = "shfmt would write the generated bash otherwise",
        Help = "format the chapter with shfmt -i 2",
    };

    public static readonly DiagnosticDescriptor Syntax = new()
    {
        Id = "VMP303",
        Name = "syntax",
        Category = Category,
        Summary = "bash does not parse the generated text",
        Help = "correct the chapter or the C# member that is named",
    };

    public static readonly DiagnosticDescriptor Template = new()
    {
        Id = "VMP304",
        Name = "template",
        Category = Category,
        Summary = "a template is wrong or names something that is not there",
        Help = "correct the template; docs of its language: https://github.com/scriban/scriban",
        BadExample = "{{ nothing }}",
        GoodExample = "{{ policy.detectors }}",
    };

    /// <summary>All of them, by identifier.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        ShellCheck,
        Format,
        Syntax,
        Template,
    ];
}
