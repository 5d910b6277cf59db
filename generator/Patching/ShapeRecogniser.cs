using VmRecovery.Shell;

namespace VmRecovery.Patching;

/// <summary>Finds the parts of a VM script by what they do; never by file name or line number.</summary>
internal sealed class ShapeRecogniser
{
    private readonly ShellScript script;
    private readonly CallGraph graph;
    private readonly SectionRules rules;

    private ShapeRecogniser(ShellScript script)
    {
        this.script = script;
        graph = new CallGraph(script);
        rules = new SectionRules(script, graph);
    }

    /// <summary>Looks at a script that was never patched.</summary>
    public static Recognition Recognise(ShellScript script)
    {
        if (script.Calls.Any(c => c.Name is "vm_create_with_recovery" or "vm_error_handler_with_recovery"))
            return new Recognition(null, null) { HasOwnRecovery = true };
        try
        {
            return new Recognition(new ShapeRecogniser(script).Shape(), null);
        }
        catch (RefusedException e)
        {
            return new Recognition(null, e.Refusal);
        }
    }

    private ScriptShape Shape()
    {
        var create = CreateIndex();
        var storage = LastBefore(create, s => graph.Sets(s, "STORAGE") || graph.Runs(s, c => c.Name == "vm_select_storage"));
        if (storage < 0)
        {
            throw Refuse("storage-choice", create, graph.Sets(script.Statements[create], "STORAGE")
                ? "chooses the storage; the one that runs 'qm create' does both, and only the creation can be repeated"
                : "sets STORAGE (the storage choice) before this 'qm create'");
        }
        var number = LastBefore(create, s => graph.Sets(s, "VMID") || graph.Runs(s, c => c.Name == "vm_prompt_vmid"));
        if (number < 0)
            throw Refuse("vmid", create, "sets VMID before this 'qm create'");
        var telemetry = TelemetryIndex(create);
        var first = AfterMessages(Math.Max(storage, Math.Max(number, telemetry)) + 1, create);
        var end = WithoutFinalExit();
        rules.Check(first, end, create);
        var libraries = LibraryLoads(first);
        return new ScriptShape
        {
            Section = [.. script.Statements.Skip(first).Take(end - first)],
            BeforeSection = script.Statements[first - 1],
            AfterSection = end < script.Statements.Count ? script.Statements[end] : null,
            SectionName = FreeName("create_this_vm"),
            LibraryLoad = libraries.Count > 0 ? libraries[^1] : null,
            FetchCommand = LibraryAddress.FetchCommand(script, libraries),
            LoadsVmCore = libraries.Any(l => LibraryAddress.Names(l, "vm-core.func")),
            CleanUps = CleanUps(first),
            TelemetryStart = telemetry < 0 ? null : graph.DirectCalls(script.Statements[telemetry]).FirstOrDefault(IsTelemetryStart),
            Traps = Traps(first),
            NodeCommands = [.. script.Calls.Where(c => c.Name is not null && NodePrograms.Contains(c.Name) && InSection(c, first, end))],
            FirstSendkey = script.Calls.FirstOrDefault(c => c.Is("qm", "sendkey")),
        };
    }

    private int CreateIndex()
    {
        var found = IndexesWhere(s => graph.Runs(s, IsCreate)).ToList();
        return found switch
        {
            [] when script.Calls.FirstOrDefault(IsCreate) is { } unused => throw new RefusedException(
                new Refusal("qm-create", script.LineOf(unused.Span), "this 'qm create' is in a function that nothing at the top level calls")),
            [] => throw new RefusedException(new Refusal("qm-create", 0, "no 'qm create': this is not a script that creates a VM")),
            [var one] => one,
            [var one, var two, ..] => throw new RefusedException(new Refusal(
                "qm-create", LineOf(two), $"a second 'qm create' runs here, the first at line {LineOf(one)}; expected one VM a script")),
        };
    }

    private int TelemetryIndex(int create)
    {
        var found = IndexesWhere(s => graph.Runs(s, IsTelemetryStart)).ToList();
        if (found.Count > 1)
        {
            throw new RefusedException(new Refusal(
                "post_to_api_vm", LineOf(found[1]), $"'post_to_api_vm' runs here and at line {LineOf(found[0])}; expected it once"));
        }
        if (found is [var only] && only >= create)
            throw new RefusedException(new Refusal("post_to_api_vm", LineOf(only), "'post_to_api_vm' runs after 'qm create'; expected it before"));
        return found.Count == 0 ? -1 : found[0];
    }

    // "Using STORAGE …" and "Virtual Machine ID is …" belong to the choice; a spinner may run until the first of them.
    private int AfterMessages(int first, int create)
    {
        while (first < create && IsMessageAboutChoice(script.Statements[first]))
            first++;
        return first;
    }

    private bool IsMessageAboutChoice(SyntaxNode statement) =>
        statement.Child("Cmd") is { Kind: "Call" } call
        && graph.DirectCalls(statement) is [{ Name: not null } message]
        && ReferenceEquals(message.Node, call)
        && message.Words is [_, { Children: [{ Kind: "DoubleQuoted" } text] }]
        && text.Children.Any(c => c.Kind == "Literal" && c.Value!.Contains(' ', StringComparison.Ordinal))
        && text.Children.Any(c => c.Child("Param")?.Value is "STORAGE" or "VMID")
        && !NodePrograms.Contains(message.Name)
        && !graph.Runs(statement, c => c.Name is not null && NodePrograms.Contains(c.Name));

    private int WithoutFinalExit()
    {
        var end = script.Statements.Count;
        while (end > 0 && script.Statements[end - 1].Child("Cmd") is { Kind: "Call" } call
            && graph.DirectCalls(script.Statements[end - 1]) is [{ Name: "exit" } exit]
            && ReferenceEquals(exit.Node, call)
            && (exit.Words.Count == 1 || exit.Word(1) == "0"))
            end--;
        return end;
    }

    private List<SyntaxNode> LibraryLoads(int first) =>
    [
        .. script.Statements.Take(first).Where(s =>
            s.Child("Cmd") is { Kind: not "Function" } && graph.DirectCalls(s).Any(c => c.Name is "source" or ".")
            && graph.DirectCalls(s).Any(c => c.Name is "curl" or "wget")),
    ];

    private List<Call> Traps(int first) =>
        [.. script.Statements.Take(first).SelectMany(graph.DirectCalls).Where(c => c.Name == "trap")];

    private List<FunctionDeclaration> CleanUps(int first)
    {
        var handlers = Traps(first).Select(t => t.Word(1)?.Split(' ', ';')[0]).ToHashSet();
        var reached = script.Functions.Where(f => handlers.Contains(f.Name)).ToList();
        return
        [
            .. script.Statements.Take(first)
                .Select(s => script.Functions.FirstOrDefault(f => ReferenceEquals(f.Node, s.Child("Cmd"))))
                .OfType<FunctionDeclaration>()
                .Where(f => OnlyDestroys(f) && reached.Any(h => h == f || Calls(h, f.Name))),
        ];
    }

    private bool OnlyDestroys(FunctionDeclaration function)
    {
        var calls = graph.DirectCalls(function.Node.Child("Body")!);
        return calls.Any(c => c.Is("qm", "destroy"))
            && calls.All(c => c.Name is "qm" or "[" or "test" or "grep" or "awk" or "echo" or "printf" or "sleep" or "return" or ":" or "true");
    }

    private bool Calls(FunctionDeclaration caller, string name) => graph.Runs(caller.Node.Child("Body")!, c => c.Name == name);

    private bool InSection(Call call, int first, int end) =>
        script.Statements[first].Span.Start <= call.Span.Start && call.Span.End <= script.Statements[end - 1].Span.End;

    private string FreeName(string wanted)
    {
        var taken = script.Calls.Select(c => c.Name).Concat(script.Functions.Select(f => f.Name)).ToHashSet();
        var name = wanted;
        for (var i = 2; taken.Contains(name); i++)
            name = $"{wanted}_{i}";
        return name;
    }

    private int LastBefore(int end, Func<SyntaxNode, bool> wanted)
    {
        for (var i = end - 1; i >= 0; i--)
        {
            if (script.Statements[i].Child("Cmd") is not { Kind: "Function" } && wanted(script.Statements[i]))
                return i;
        }
        return -1;
    }

    private IEnumerable<int> IndexesWhere(Func<SyntaxNode, bool> wanted) =>
        Enumerable.Range(0, script.Statements.Count)
            .Where(i => script.Statements[i].Child("Cmd") is not { Kind: "Function" } && wanted(script.Statements[i]));

    private RefusedException Refuse(string element, int create, string missing) =>
        new(new Refusal(element, LineOf(create), $"no statement of the top level {missing}"));

    private int LineOf(int statement) => script.LineOf(script.Statements[statement].Span);

    private static bool IsCreate(Call call) => call.Is("qm", "create") || call.Is("command", "qm", "create");

    private static bool IsTelemetryStart(Call call) => call.Name == "post_to_api_vm";

    /// <summary>Programs that change the node, fetch or transform an image.</summary>
    internal static readonly IReadOnlySet<string> NodePrograms = new HashSet<string>(StringComparer.Ordinal)
    {
        "qm", "pvesm", "pvesh", "curl", "wget", "virt-customize", "virt-resize", "qemu-img", "xz", "unxz", "gunzip", "unzip", "apt-get", "apt",
    };
}
