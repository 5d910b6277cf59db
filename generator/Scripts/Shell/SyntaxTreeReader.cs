using System.Text.Json;

namespace VmRecovery.Scripts.Shell;

/// <summary>Turns the typed JSON of <c>shfmt --to-json</c> into our nodes. Nothing else knows that format.</summary>
internal static class SyntaxTreeReader
{
    /// <summary>Reads one tree; the root is the file.</summary>
    /// <exception cref="JsonException">It is not what shfmt 3.6 and later print.</exception>
    public static SyntaxNode Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        // A file without a command has no place.
        return ReadObject(ref reader, "File") ?? new SyntaxNode(KindOf("File"), "File", new Span(0, 0), null, []);
    }

    private static SyntaxNode? ReadObject(ref Utf8JsonReader reader, string role)
    {
        var kind = KindOf(role);
        string? value = null;
        int start = -1, end = -1;
        var children = new List<SyntaxNode>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "Type":
                    kind = KindOf(reader.GetString()!);
                    break;
                case "Pos":
                    start = ReadOffset(ref reader);
                    break;
                case "End":
                    end = ReadOffset(ref reader);
                    break;
                case "Value" when reader.TokenType == JsonTokenType.String:
                    value = reader.GetString();
                    break;
                default:
                    ReadChildren(ref reader, name, children);
                    break;
            }
        }
        // Positions of single tokens are objects without Pos and End.
        if (start < 0 || end < 0)
            return null;
        children.Sort(static (a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return new SyntaxNode(kind, role, new Span(start, end), value, children);
    }

    private static void ReadChildren(ref Utf8JsonReader reader, string role, List<SyntaxNode> children)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            if (ReadObject(ref reader, role) is { } child)
                children.Add(child);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                ReadChildren(ref reader, role, children);
        }
    }

    private static int ReadOffset(ref Utf8JsonReader reader)
    {
        var offset = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOffset = reader.ValueTextEquals("Offset"u8);
            reader.Read();
            if (isOffset)
                offset = reader.GetInt32();
        }
        return offset;
    }

    // shfmt names a type only where several are possible; elsewhere the place says what stands there.
    private static string KindOf(string name) => name switch
    {
        "CallExpr" => "Call",
        "FuncDecl" => "Function",
        "IfClause" => "If",
        "WhileClause" => "While",
        "ForClause" => "For",
        "CaseClause" => "Case",
        "BinaryCmd" => "Binary",
        "DeclClause" => "Declaration",
        "TestClause" => "Test",
        "ArithmCmd" => "Arithmetic",
        "CmdSubst" => "CommandSubstitution",
        "ProcSubst" => "ProcessSubstitution",
        "ParamExp" => "Parameter",
        "SglQuoted" => "SingleQuoted",
        "DblQuoted" => "DoubleQuoted",
        "Lit" or "Variant" or "Param" or "N" => "Literal",
        "Stmts" or "Cond" or "Then" or "Do" or "Body" or "X" or "Y" or "Stmt" => "Statement",
        "Args" or "Word" or "Hdoc" => "Word",
        "Assigns" => "Assignment",
        "Redirs" => "Redirect",
        "Items" => "CaseItem",
        _ => name,
    };
}
