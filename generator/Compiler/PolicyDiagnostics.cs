using System.Collections.Immutable;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler;

/// <summary>Diagnostics about a policy as C#: does it compile, is it pure, is it complete, do its samples hold.</summary>
internal static class PolicyDiagnostics
{
    private const string Category = "policy";

    public static readonly DiagnosticDescriptor CompileError = new()
    {
        Id = "VMP001",
        Name = "compile-error",
        Category = Category,
        Summary = "the C# compiler refuses the policy",
        Rationale = "Its own code stands at the end of the message.",
        Help = "correct the C# as the compiler says",
        BadExample = "failure.Log.Nonsense(\"full\")",
        GoodExample = "failure.Log.Contains(\"full\")",
    };

    public static readonly DiagnosticDescriptor Forbidden = new()
    {
        Id = "VMP101",
        Name = "forbidden-member",
        Category = Category,
        Summary = "a type or member outside the allowlist",
        Rationale =
            "A policy runs as C# and as bash and must give the same answer in both, today and tomorrow: it " +
            "has no I/O, clock, randomness, threads or reflection.",
        Help = "decide by the arguments of the method alone",
        BadExample = "DateTime.Now.Hour < 6",
        GoodExample = "failure.ExitCode == 28",
    };

    public static readonly DiagnosticDescriptor State = new()
    {
        Id = "VMP102",
        Name = "mutable-state",
        Category = Category,
        Summary = "a static field that could change between two questions",
        Rationale = "An answer that depends on earlier questions differs between the two executions.",
        Help = "make it const, or static readonly of an immutable type",
        BadExample = "static int count;",
        GoodExample = "const int Limit = 3;",
    };

    public static readonly DiagnosticDescriptor Native = new()
    {
        Id = "VMP103",
        Name = "native-code",
        Category = Category,
        Summary = "code that leaves managed code",
        Rationale = "P/Invoke and pointers reach everything that a policy must not touch.",
        Help = "write it in plain C#",
        BadExample = "[DllImport(\"libc\")] static extern int getpid();",
    };

    public static readonly DiagnosticDescriptor NoVocabulary = new()
    {
        Id = "VMP110",
        Name = "missing-vocabulary",
        Category = Category,
        Summary = "the enum of classes or options, or its member for \"no evidence\", is missing",
        Help = "declare the enums ErrorClass, with Unknown as its last member, and MenuOption",
    };

    public static readonly DiagnosticDescriptor Detectors = new()
    {
        Id = "VMP111",
        Name = "class-without-detector",
        Category = Category,
        Summary = "a class is not in Classifier.Detectors, or twice",
        Rationale = "The list decides which class wins; a class that is not in it is never found.",
        Help = "list every member of ErrorClass once, in the order of the enum",
        GoodExample = "new(ErrorClass.Download, Download.IsDownloadError, DownloadCauses.All, \"network\"),",
    };

    public static readonly DiagnosticDescriptor Samples = new()
    {
        Id = "VMP112",
        Name = "missing-sample",
        Category = Category,
        Summary = "a detector or a cause without samples, or a sample that belongs to no detector",
        Rationale =
            "Samples are run by every generate: they show what a detector must claim and what it must leave " +
            "alone.",
        Help = "add [Claims(…)] and [Rejects(…)] to the detector, [Tells(…)] to the cause",
        GoodExample = "[Claims(\"curl -fsSL https://a\", 6, \"Could not resolve host\")]",
    };

    public static readonly DiagnosticDescriptor Ids = new()
    {
        Id = "VMP113",
        Name = "bad-id",
        Category = Category,
        Summary = "an id is missing, malformed or there twice, or a class has no advice",
        Rationale = "Scripts, logs and users name classes and options by their ids.",
        Help = "give each member one id of lower-case words and hyphens",
        BadExample = "[Id(\"Disk Full\", \"no room\")]",
        GoodExample = "[Id(\"disk-full\", \"no room\")]",
    };

    public static readonly DiagnosticDescriptor Options = new()
    {
        Id = "VMP114",
        Name = "option-without-offer",
        Category = Category,
        Summary = "an option is not in RecoveryMenu.Items, or twice",
        Rationale = "An option that is not in the list is never offered.",
        Help = "list every member of MenuOption once, in the order of the enum",
        GoodExample = "new(MenuOption.Keep, Offers.Keep),",
    };

    public static readonly DiagnosticDescriptor Unreachable = new()
    {
        Id = "VMP115",
        Name = "unreachable-method",
        Category = Category,
        Summary = "nothing calls a method of the policy",
        Rationale = "A step that somebody forgot to mark never reaches bash.",
        Help = "mark it with [BashFunction], list it, call it, or remove it",
    };

    public static readonly DiagnosticDescriptor Keys = new()
    {
        Id = "VMP116",
        Name = "duplicate-key",
        Category = Category,
        Summary = "a key is in a table twice",
        Rationale = "Only the first entry would be found.",
        Help = "remove or rename one of the entries",
    };

    public static readonly DiagnosticDescriptor Register = new()
    {
        Id = "VMP117",
        Name = "list-out-of-order",
        Category = Category,
        Summary = "an entry of Classifier.Detectors or RecoveryMenu.Items is out of order, or is not written out",
        Rationale = "The order of the lists decides which class wins and which option stands first.",
        Help = "write entries as new(…) with a member and a method, in the order of the enum",
        BadExample = "new(MenuOption.Keep, s => true),",
        GoodExample = "new(MenuOption.Keep, Offers.Keep),",
    };

    public static readonly DiagnosticDescriptor WrongClass = new()
    {
        Id = "VMP121",
        Name = "sample-of-another-class",
        Category = Category,
        Summary = "a [Claims] sample is claimed by no class, or by another one first",
        Help = "narrow the detector that wins, or correct the sample",
    };

    public static readonly DiagnosticDescriptor NotRejected = new()
    {
        Id = "VMP122",
        Name = "claims-its-near-miss",
        Category = Category,
        Summary = "a detector claims its own [Rejects] sample",
        Help = "narrow the detector, or correct the sample",
    };

    public static readonly DiagnosticDescriptor CannotRun = new()
    {
        Id = "VMP123",
        Name = "sample-cannot-run",
        Category = Category,
        Summary = "a sample cannot be run",
        Rationale = "The policy throws, so that bash and C# cannot agree.",
        Help = "make the detector total: it answers every failure",
    };

    public static readonly DiagnosticDescriptor WrongCause = new()
    {
        Id = "VMP124",
        Name = "sample-of-another-cause",
        Category = Category,
        Summary = "a [Tells] sample gets another cause, or another sentence",
        Help = "put the more telling cause first, or correct the sample",
    };

    /// <summary>All of them, by identifier.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        CompileError,
        Forbidden,
        State,
        Native,
        NoVocabulary,
        Detectors,
        Samples,
        Ids,
        Options,
        Unreachable,
        Keys,
        Register,
        WrongClass,
        NotRejected,
        CannotRun,
        WrongCause,
    ];
}
