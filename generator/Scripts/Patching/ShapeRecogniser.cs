using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>Finds the parts of a VM script by what they do; never by file name or line number.</summary>
internal sealed class ShapeRecogniser
{
    private readonly ShellScript script;
    private readonly CallGraph graph;
    private readonly OwnNames names;

    private ShapeRecogniser(ShellScript script)
    {
        this.script = script;
        graph = new CallGraph(script);
        names = OwnNames.In(script);
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
        var level = new Level(script.Statements);
        var create = CreateIndex(level);
        while (ChoosesToo(level, create) && level.Inside(create, script) is { } inner)
        {
            level = inner;
            create = CreateIndex(level);
        }
        CheckChoices(level, create);
        var telemetry = TelemetryIndex(level, create);
        var last = Math.Max(LastBefore(level, create, SetsStorage), LastBefore(level, create, SetsNumber));
        var first = AfterMessages(level, Math.Max(last, telemetry) + 1, create);
        var end = WithoutFinalExit(level);
        List<SyntaxNode> section = [.. level.Statements.Take(end).Skip(first)];
        var handlers = new TrapHandlers(script, graph, level.Before(first));
        new SectionRules(script, graph, level).Check(first, end, create, handlers);
        var load = LibraryLoad.Find(script, graph, level, first);
        return new ScriptShape
        {
            Section = section,
            SectionLine = level.LineBefore(first, script),
            RunLine = end < level.Statements.Count ? script.LineOf(level.Statements[end].Span) : level.EndLine(script),
            SectionName = FreeName("create_this_vm"),
            Load = load,
            CleanUps = handlers.CleanUps(section),
            Aliases = names.Aliases,
            UsesArguments = section.Any(SectionRules.UsesArguments),
        };
    }

    private bool SetsStorage(SyntaxNode s) => graph.Sets(s, names.Storage) || graph.Runs(s, c => c.Name == "vm_select_storage");

    private bool SetsNumber(SyntaxNode s) => graph.Sets(s, names.Number) || graph.Runs(s, c => c.Name == "vm_prompt_vmid");

    private bool ChoosesToo(Level level, int create) => SetsStorage(level.Statements[create]) || SetsNumber(level.Statements[create]);

    private void CheckChoices(Level level, int create)
    {
        if (!level.Before(create).Any(s => IsRun(s) && SetsStorage(s)))
        {
            throw Refuse("storage-choice", level, create, SetsStorage(level.Statements[create])
                ? "chooses the storage; the one that runs 'qm create' does both, and only the creation can be repeated"
                : $"sets {names.Storage} (the storage choice) before this 'qm create'");
        }
        if (!level.Before(create).Any(s => IsRun(s) && SetsNumber(s)))
            throw Refuse("vmid", level, create, $"sets {names.Number} before this 'qm create'");
    }

    private int CreateIndex(Level level)
    {
        var found = IndexesWhere(level, s => graph.Runs(s, IsCreate)).ToList();
        return found switch
        {
            [] when script.Calls.FirstOrDefault(IsCreate) is { } unused => throw new RefusedException(
                new Refusal("qm-create", script.LineOf(unused.Span), "this 'qm create' is in a function that nothing at the top level calls")),
            [] when script.Calls.FirstOrDefault(IsHiddenCreate) is { } hidden => throw new RefusedException(
                new Refusal("qm-create", script.LineOf(hidden.Span), "expected 'qm create …' by itself: behind another word, recovery would not see it")),
            [] => throw new RefusedException(new Refusal("qm-create", 0, "no 'qm create': this is not a script that creates a VM")),
            [var one] => one,
            [var one, var two, ..] => throw new RefusedException(new Refusal(
                "qm-create", LineOf(level, two), $"a second 'qm create' runs here, the first at line {LineOf(level, one)}; expected one VM a script")),
        };
    }

    private int TelemetryIndex(Level level, int create)
    {
        var found = IndexesWhere(level, s => graph.Runs(s, IsTelemetryStart)).ToList();
        if (found.Count > 1)
        {
            throw new RefusedException(new Refusal(
                "post_to_api_vm", LineOf(level, found[1]), $"'post_to_api_vm' runs here and at line {LineOf(level, found[0])}; expected it once"));
        }
        if (found is [var only] && only >= create)
            throw new RefusedException(new Refusal("post_to_api_vm", LineOf(level, only), "'post_to_api_vm' runs after 'qm create'; expected it before"));
        return found.Count == 0 ? -1 : found[0];
    }

    // "Using STORAGE …" and "Virtual Machine ID is …" belong to the choice; a spinner may run until the first of them.
    private int AfterMessages(Level level, int first, int create)
    {
        while (first < create && IsMessageAboutChoice(level.Statements[first]))
            first++;
        return first;
    }

    private bool IsMessageAboutChoice(SyntaxNode statement) =>
        statement.Child("Cmd") is { Kind: "Call" } call
        && graph.DirectCalls(statement) is [{ Name: not null } message]
        && ReferenceEquals(message.Node, call)
        && message.Words is [_, { Children: [{ Kind: "DoubleQuoted" } text] }]
        && text.Children.Any(c => c.Kind == "Literal" && c.Value!.Contains(' ', StringComparison.Ordinal))
        && text.Children.Any(c => c.Child("Param")?.Value is { } name && (name == names.Storage || name == names.Number))
        && !NodePrograms.Contains(message.Name)
        && !graph.Runs(statement, c => c.Name is not null && NodePrograms.Contains(c.Name));

    private int WithoutFinalExit(Level level)
    {
        var end = level.Statements.Count;
        while (end > 0 && level.Statements[end - 1].Child("Cmd") is { Kind: "Call" } call
            && graph.DirectCalls(level.Statements[end - 1]) is [{ Name: "exit" } exit]
            && ReferenceEquals(exit.Node, call)
            && (exit.Words.Count == 1 || exit.Word(1) == "0"))
            end--;
        return end;
    }

    private string FreeName(string wanted)
    {
        var taken = script.Calls.Select(c => c.Name).Concat(script.Functions.Select(f => f.Name)).ToHashSet();
        var name = wanted;
        for (var i = 2; taken.Contains(name); i++)
            name = $"{wanted}_{i}";
        return name;
    }

    private static int LastBefore(Level level, int end, Func<SyntaxNode, bool> wanted)
    {
        for (var i = end - 1; i >= 0; i--)
        {
            if (IsRun(level.Statements[i]) && wanted(level.Statements[i]))
                return i;
        }
        return -1;
    }

    private static IEnumerable<int> IndexesWhere(Level level, Func<SyntaxNode, bool> wanted) =>
        Enumerable.Range(0, level.Statements.Count).Where(i => IsRun(level.Statements[i]) && wanted(level.Statements[i]));

    private static bool IsRun(SyntaxNode statement) => statement.Child("Cmd") is not { Kind: "Function" };

    private RefusedException Refuse(string element, Level level, int create, string missing) =>
        new(new Refusal(element, LineOf(level, create), $"no statement of {(level.Entry is null ? "the top level" : "the function around it")} {missing}"));

    private int LineOf(Level level, int statement) => script.LineOf(level.Statements[statement].Span);

    private static bool IsCreate(Call call) => call.Is("qm", "create");

    private static bool IsHiddenCreate(Call call) =>
        Enumerable.Range(0, Math.Max(0, call.Words.Count - 1)).Any(i => call.Word(i) is { } word && (word == "qm" || word.EndsWith("/qm", StringComparison.Ordinal)) && call.Word(i + 1) == "create");

    private static bool IsTelemetryStart(Call call) => call.Name == "post_to_api_vm";

    /// <summary>Programs that change the node, fetch or transform an image.</summary>
    internal static readonly IReadOnlySet<string> NodePrograms = new HashSet<string>(StringComparer.Ordinal)
    {
        "qm", "pvesm", "pvesh", "curl", "wget", "virt-customize", "virt-resize", "qemu-img", "xz", "unxz", "gunzip", "unzip", "apt-get", "apt",
    };
}
