namespace VmRecovery.Scripts.Shell;

/// <summary>A simple command: its words, and where it is.</summary>
/// <param name="Node">The tree below it.</param>
/// <param name="Name">The first word without quotes; null when it is an expansion or there is none.</param>
/// <param name="Words">All its words, the name included.</param>
internal sealed record Call(SyntaxNode Node, string? Name, IReadOnlyList<SyntaxNode> Words)
{
    /// <summary>Where it is.</summary>
    public Span Span => Node.Span;

    /// <summary>The n-th word (0 is the name) without quotes; null when it is missing or not fixed.</summary>
    public string? Word(int index) => index < Words.Count ? Words[index].FixedText() : null;

    /// <summary>Whether the first words are these.</summary>
    public bool Is(params ReadOnlySpan<string> words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (Word(i) != words[i])
                return false;
        }
        return true;
    }
}

/// <summary>A function as the script defines it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Node">The definition.</param>
internal sealed record FunctionDeclaration(string Name, SyntaxNode Node)
{
    /// <summary>Where the whole definition is.</summary>
    public Span Span => Node.Span;
}

/// <summary>A variable that gets a value.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Node">The assignment.</param>
internal sealed record Assignment(string Name, SyntaxNode Node)
{
    /// <summary>Where it is.</summary>
    public Span Span => Node.Span;
}

/// <summary>A script that could be read: its text and what stands in it.</summary>
internal sealed class ShellScript
{
    public ShellScript(ScriptText text, SyntaxNode root)
    {
        Text = text;
        Root = root;
        Statements = [.. root.Children.Where(c => c.Kind == "Statement")];
        var calls = new List<Call>();
        var functions = new List<FunctionDeclaration>();
        var assignments = new List<Assignment>();
        foreach (var node in root.DescendantsAndSelf())
        {
            switch (node.Kind)
            {
                case "Call":
                    var words = node.Children.Where(c => c.Role == "Args").ToList();
                    if (words.Count > 0)
                        calls.Add(new Call(node, words[0].FixedText(), words));
                    break;
                case "Function" when node.Child("Name")?.Value is { } name:
                    functions.Add(new FunctionDeclaration(name, node));
                    break;
                case "Assignment" or "Declaration" or "WordIter":
                    AddAssignments(node, assignments);
                    break;
                case "Parameter" when node.Child("Exp") is not null && node.Child("Param")?.Value is { } name && AssignsDefault(text, node, name):
                    assignments.Add(new Assignment(name, node));
                    break;
            }
        }
        Calls = [.. calls.SelectMany(c => Unwrapped(c, functions, calls) is { } inner ? [c, inner] : new[] { c })];
        Functions = functions;
        Assignments = assignments;
    }

    /// <summary>Its text.</summary>
    public ScriptText Text { get; }

    /// <summary>The whole tree.</summary>
    public SyntaxNode Root { get; }

    /// <summary>The statements of the top level, in order.</summary>
    public IReadOnlyList<SyntaxNode> Statements { get; }

    /// <summary>Every simple command, at whatever depth, in order.</summary>
    public IReadOnlyList<Call> Calls { get; }

    /// <summary>Every function, in order; the last of a name wins.</summary>
    public IReadOnlyList<FunctionDeclaration> Functions { get; }

    /// <summary>Every assignment, at whatever depth, in order.</summary>
    public IReadOnlyList<Assignment> Assignments { get; }

    /// <summary>The 1-based line where a node begins.</summary>
    public int LineOf(Span span) => Text.LineAt(span.Start);

    /// <summary>The 1-based line where a node ends, here-documents included.</summary>
    public int LastLineOf(SyntaxNode node) =>
        Text.LineAt(Math.Max(node.Span.Start, node.DescendantsAndSelf().Max(n => n.Role == "Hdoc" ? n.Span.End : n.Span.End - 1)));

    /// <summary>The first line behind a statement: several may share a line, and a here-document may follow it.</summary>
    /// <param name="siblings">The statements among which it stands.</param>
    /// <param name="node">The statement.</param>
    public int LineAfter(IReadOnlyList<SyntaxNode> siblings, SyntaxNode node)
    {
        var line = LastLineOf(node) + 1;
        foreach (var statement in siblings)
        {
            if (LineOf(statement.Span) < line && statement.Span.End > node.Span.Start)
                line = Math.Max(line, LastLineOf(statement) + 1);
        }
        return line;
    }

    // "$STD qm create …" and "run qm create …" run, in this shell, what stands behind their first word: an expansion that
    // is empty or names a function, or a function of the script that runs its arguments.
    private static Call? Unwrapped(Call call, List<FunctionDeclaration> functions, List<Call> calls)
    {
        if (call.Words.Count < 2 || call.Word(1) is not { } name)
            return null;
        var wraps = call.Name is null
            ? call.Words[0].Children is [{ Kind: "Parameter" } parameter] && parameter.Child("Exp") is null && name is "qm" or "pvesm"
            : functions.Exists(f => f.Name == call.Name && calls.Exists(c => f.Span.Contains(c.Span) && RunsArguments(c)));
        return wraps ? new Call(call.Node, name, [.. call.Words.Skip(1)]) : null;
    }

    private static bool RunsArguments(Call call) =>
        call.Words[0].Children is [{ Kind: "DoubleQuoted", Children: [{ Kind: "Parameter" } all] }] && all.Child("Param")?.Value == "@";

    // ${NAME:=value} and ${NAME=value}
    private static bool AssignsDefault(ScriptText text, SyntaxNode node, string name) =>
        text.Slice(node.Span) is var whole && (whole.StartsWith("${" + name + ":=", StringComparison.Ordinal) || whole.StartsWith("${" + name + "=", StringComparison.Ordinal));

    private static void AddAssignments(SyntaxNode node, List<Assignment> assignments)
    {
        // declare and its like list their assignments as arguments.
        var places = node.Kind == "Declaration" ? node.Children.Where(c => c.Role == "Args") : [node];
        foreach (var place in places)
        {
            if (place.Child("Name")?.Value is { } name)
                assignments.Add(new Assignment(name, place));
        }
    }
}
