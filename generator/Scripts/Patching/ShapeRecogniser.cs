using System.Collections.Frozen;
using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Patching;

/// <summary>Finds the parts of a VM script by their effect; never by file name or line number.</summary>
internal sealed class ShapeRecogniser
{
    private readonly VmScript script;
    private readonly CallGraph graph;
    private readonly ScriptLines lines;
    private readonly VariableAliases aliases;
    private readonly Refusals refusals;

    private ShapeRecogniser(VmScript script)
    {
        this.script = script;
        graph = new CallGraph(script);
        lines = new ScriptLines(script.Tree);
        aliases = VariableAliases.In(script);
        refusals = new Refusals(script);
    }

    /// <summary>Programs that change the node, fetch or transform an image.</summary>
    internal static FrozenSet<string> NodePrograms { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        "qm", "pvesm", "pvesh", "curl", "wget", "virt-customize", "virt-resize", "qemu-img", "xz", "unxz", "gunzip", "unzip", "apt-get", "apt");

    /// <summary>Looks at a script that was never patched.</summary>
    public static Recognition Recognise(VmScript script)
    {
        if (script.Commands.Any(c => c.Program is "vm_create_with_recovery" or "vm_error_handler_with_recovery"))
            return new Recognition(null, null) { HasOwnRecovery = true };
        return new ShapeRecogniser(script).Recognise();
    }

    private Recognition Recognise()
    {
        var list = new StatementList(script.Tree.Root.Statements);
        var create = CreateIndex(list, out var refusal);
        while (refusal is null && ChoosesToo(list, create) && list.Inside(create, script, graph) is { } inner)
        {
            list = inner;
            create = CreateIndex(list, out refusal);
        }
        refusal ??= Choices(list, create);
        if (refusal is not null)
            return new Recognition(null, refusal);
        var telemetry = TelemetryIndex(list, create, out refusal);
        var last = Math.Max(LastBefore(list, create, SetsStorage), LastBefore(list, create, SetsVmid));
        var first = AfterQuestions(list, AfterMessages(list, Math.Max(last, telemetry) + 1, create), create);
        var end = WithoutFinalExit(list);
        var handlers = new TrapHandlers(script, graph, list.Before(first));
        refusal ??= new SectionRules(script, graph, lines, list).Check(first, end, create, handlers).FirstOrDefault();
        if (refusal is not null)
            return new Recognition(null, refusal);
        var section = list.Statements[first..end];
        var cleanUps = handlers.CleanUps(section, out refusal);
        return refusal is not null ? new Recognition(null, refusal) : new Recognition(Shape(list, first, end, cleanUps), null);
    }

    private ScriptShape Shape(StatementList list, int first, int end, ImmutableArray<CleanUp> cleanUps)
    {
        var section = list.Statements[first..end];
        return new ScriptShape
        {
            Section = section,
            SectionLine = list.LineBefore(first, lines),
            RunLine = end < list.Statements.Length ? lines.First(list.Statements[end]) : list.EndLine(lines),
            SectionName = FreeName("create_this_vm"),
            Load = LibraryLoad.Find(script, graph, lines, list, first),
            CleanUps = cleanUps,
            Aliases = aliases.References,
            UsesArguments = section.Any(SectionRules.UsesArguments),
        };
    }

    private bool SetsStorage(Statement s) => graph.Sets(s, aliases.Storage) || graph.Runs(s, c => c.Program == "vm_select_storage");

    private bool SetsVmid(Statement s) => graph.Sets(s, aliases.Vmid) || graph.Runs(s, c => c.Program == "vm_prompt_vmid");

    private bool ChoosesToo(StatementList list, int create) => SetsStorage(list.Statements[create]) || SetsVmid(list.Statements[create]);

    private Diagnostic? Choices(StatementList list, int create)
    {
        var creation = list.Statements[create];
        var place = list.Entry is null ? "the top level" : "the function around it";
        if (!list.Before(create).Any(s => IsRun(s) && SetsStorage(s)))
        {
            return refusals.At(PortDiagnostics.StorageNotChosen, creation.Span, SetsStorage(creation)
                ? $"the statement that runs 'qm create' also sets {aliases.Storage}: only the creation can be repeated"
                : $"{aliases.Storage} is never set at {place} before this line: the patcher needs to know where the storage is chosen");
        }
        if (!list.Before(create).Any(s => IsRun(s) && SetsVmid(s)))
        {
            return refusals.At(PortDiagnostics.VmidNotChosen, creation.Span, SetsVmid(creation)
                ? $"the statement that runs 'qm create' also sets {aliases.Vmid}: only the creation can be repeated"
                : $"{aliases.Vmid} is never set at {place} before this line");
        }
        return null;
    }

    private int CreateIndex(StatementList list, out Diagnostic? refusal)
    {
        var found = IndexesWhere(list, s => graph.Runs(s, IsCreate)).ToList();
        refusal = found switch
        {
            [_] => null,
            [var one, var two, ..] => refusals.At(PortDiagnostics.SecondCreate, list.Statements[two].Span,
                $"a second 'qm create' runs here, the first at line {lines.First(list.Statements[one])}"),
            _ when script.Commands.FirstOrDefault(IsCreate) is { } unused => refusals.At(PortDiagnostics.CreateNotCalled, unused.Span,
                "this 'qm create' is in a function that nothing at the top level calls"),
            _ when script.Commands.FirstOrDefault(NamesCreate) is { } hidden => refusals.At(PortDiagnostics.HiddenCommand, hidden.Span,
                "expected 'qm create …' by itself: after another word recovery would not see it"),
            _ when script.Commands.FirstOrDefault(c => c.Operation is { Verb: NodeVerb.Create }) is { } other => refusals.At(
                PortDiagnostics.HiddenCommand, other.Span, $"'{other.Program} {other.Verb}' makes the VM: recovery follows 'qm create' only"),
            _ => refusals.Whole(PortDiagnostics.NoCreate, "no 'qm create': this is not a script that creates a VM"),
        };
        return refusal is null ? found[0] : -1;
    }

    private int TelemetryIndex(StatementList list, int create, out Diagnostic? refusal)
    {
        var found = IndexesWhere(list, s => graph.Runs(s, c => c.Program == "post_to_api_vm")).ToList();
        refusal = found switch
        {
            [var one, var two, ..] => refusals.At(PortDiagnostics.TelemetryTwice, list.Statements[two].Span,
                $"'post_to_api_vm' runs here and at line {lines.First(list.Statements[one])}"),
            [var only] when only >= create => refusals.At(PortDiagnostics.TelemetryLate, list.Statements[only].Span,
                "'post_to_api_vm' runs after 'qm create'"),
            _ => null,
        };
        return found is [var index, ..] ? index : -1;
    }

    // "Using STORAGE …" and "Virtual Machine ID is …" belong to the choice; a spinner may run until the first of them.
    private int AfterMessages(StatementList list, int first, int create)
    {
        while (first < create && IsMessageAboutChoice(list.Statements[first]))
            first++;
        return first;
    }

    // A question before the first step is asked once: it stays out of what is repeated.
    private int AfterQuestions(StatementList list, int first, int create)
    {
        for (var i = first; i < create && !graph.Runs(list.Statements[i], IsStep); i++)
        {
            if (list.Statements[i].Command is SimpleCommand { Name: "read" })
                first = i + 1;
        }
        return first;
    }

    private bool IsMessageAboutChoice(Statement statement) =>
        statement.Command is SimpleCommand { Name: { } name, Words: [_, { Parts: [DoubleQuoted text] }] } simple
        && graph.DirectCommands(statement) is [var message]
        && ReferenceEquals(message.Node, simple)
        && text.Parts.Any(p => p is Literal literal && literal.Value.Contains(' ', StringComparison.Ordinal))
        && text.Parts.Any(p => p is ParameterExpansion expansion && (expansion.Name == aliases.Storage || expansion.Name == aliases.Vmid))
        && !NodePrograms.Contains(name)
        && !graph.Runs(statement, IsStep);

    private int WithoutFinalExit(StatementList list)
    {
        var end = list.Statements.Length;
        while (end > 0
            && list.Statements[end - 1].Command is SimpleCommand { Name: "exit" } exit
            && (exit.Words.Length == 1 || exit.Words[1].ConstantText == "0")
            && graph.DirectCommands(list.Statements[end - 1]).Count == 1)
            end--;
        return end;
    }

    private string FreeName(string wanted)
    {
        var taken = script.Commands.Select(c => c.Program).Concat(script.Functions.Keys).ToHashSet();
        var name = wanted;
        for (var i = 2; taken.Contains(name); i++)
            name = $"{wanted}_{i}";
        return name;
    }

    private static int LastBefore(StatementList list, int end, Func<Statement, bool> wanted)
    {
        for (var i = end - 1; i >= 0; i--)
        {
            if (IsRun(list.Statements[i]) && wanted(list.Statements[i]))
                return i;
        }
        return -1;
    }

    private static IEnumerable<int> IndexesWhere(StatementList list, Func<Statement, bool> wanted) =>
        Enumerable.Range(0, list.Statements.Length).Where(i => IsRun(list.Statements[i]) && wanted(list.Statements[i]));

    private static bool IsRun(Statement statement) => statement.Command is not FunctionDefinition;

    private static bool IsStep(ScriptCommand command) => command.Program is { } program && NodePrograms.Contains(program);

    private static bool IsCreate(ScriptCommand command) => command is { Program: "qm", Arguments: [{ Text: "create" }, ..] };

    private static bool NamesCreate(ScriptCommand command) =>
        command.Arguments.Zip(command.Arguments.Skip(1)).Any(pair =>
            pair.First.Text is { } word && word[(word.LastIndexOf('/') + 1)..] == "qm" && pair.Second.Text == "create");
}
