namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>The readers of the parts of the grammar over one cursor.</summary>
internal sealed class ScriptReader
{
    public ScriptReader(Cursor cursor)
    {
        Cursor = cursor;
        HereDocuments = new HereDocumentReader(this);
        Lines = new LineReader(this);
        Expansions = new ExpansionReader(this);
        Quotes = new QuoteReader(this);
        Parameters = new ParameterReader(this);
        Subscripts = new SubscriptReader(this);
        Arithmetic = new ArithmeticReader(this);
        Backquotes = new BackquoteReader(this);
        Words = new WordReader(this);
        Assignments = new AssignmentReader(this);
        Redirects = new RedirectReader(this);
        Simple = new SimpleCommandReader(this);
        Tests = new TestReader(this);
        Compounds = new CompoundReader(this);
        Loops = new LoopReader(this);
        Cases = new CaseReader(this);
        Functions = new FunctionReader(this);
        Statements = new StatementReader(this);
    }

    public Cursor Cursor { get; }

    public LookAhead LookAhead { get; } = new();

    public OpenConstructs Open { get; } = new();

    public NodeStack<WordPart> PartStack { get; } = new();

    public HereDocumentReader HereDocuments { get; }

    public LineReader Lines { get; }

    public ExpansionReader Expansions { get; }

    public QuoteReader Quotes { get; }

    public ParameterReader Parameters { get; }

    public SubscriptReader Subscripts { get; }

    public ArithmeticReader Arithmetic { get; }

    public BackquoteReader Backquotes { get; }

    public WordReader Words { get; }

    public AssignmentReader Assignments { get; }

    public RedirectReader Redirects { get; }

    public SimpleCommandReader Simple { get; }

    public TestReader Tests { get; }

    public CompoundReader Compounds { get; }

    public LoopReader Loops { get; }

    public CaseReader Cases { get; }

    public FunctionReader Functions { get; }

    public StatementReader Statements { get; }
}
