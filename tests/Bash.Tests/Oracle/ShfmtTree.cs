using System.Text.Json;

namespace VmRecovery.Bash.Tests.Oracle;

/// <summary>The nodes in the typed JSON of <c>shfmt --to-json</c>.</summary>
internal static class ShfmtTree
{
    /// <summary>The nodes of a tree, sorted.</summary>
    public static List<PlacedNode> Nodes(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        var nodes = new List<PlacedNode>();
        ReadObject(ref reader, "File", "", nodes);
        nodes.Sort();
        return nodes;
    }

    private static void ReadObject(ref Utf8JsonReader reader, string role, string parent, List<PlacedNode> nodes)
    {
        string? type = null;
        int start = -1, end = -1;
        var hasPosition = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "Type":
                    type = reader.GetString()!;
                    break;
                case "Pos":
                    start = Offset(ref reader);
                    break;
                case "End":
                    end = Offset(ref reader);
                    break;
                case "Position":
                    hasPosition = true;
                    reader.Skip();
                    break;
                default:
                    ReadValue(ref reader, name, type ?? KindOf(role, parent, hasPosition), role, nodes);
                    break;
            }
        }
        var kind = type ?? KindOf(role, parent, hasPosition);
        if (start >= 0 && end >= 0 && kind != "File")
            nodes.Add(new PlacedNode(kind, start, end));
    }

    private static void ReadValue(ref Utf8JsonReader reader, string role, string parent, string parentRole, List<PlacedNode> nodes)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            ReadObject(ref reader, role, parent, nodes);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            var first = nodes.Count;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var before = nodes.Count;
                ReadValue(ref reader, role, parent, parentRole, nodes);
                if (role == "Parts")
                    MergeLiterals(nodes, first, before, isHereDocument: parentRole == "Hdoc");
            }
        }
    }

    // shfmt cuts text at every `$` and `[` that might have begun something, strings at escaped line feeds, and
    // here-documents at their lines.
    private static void MergeLiterals(List<PlacedNode> nodes, int first, int last, bool isHereDocument)
    {
        if (last != nodes.Count - 1 || last <= first || nodes[last].Kind != "Lit" || nodes[last - 1].Kind != "Lit")
            return;
        if (!isHereDocument && nodes[last].Start - nodes[last - 1].End > 1)
            return;
        nodes[last - 1] = nodes[last - 1] with { End = nodes[last].End };
        nodes.RemoveAt(last);
    }

    private static int Offset(ref Utf8JsonReader reader)
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

    // shfmt names a type only where several are possible; elsewhere the role in the parent tells it.
    private static string KindOf(string role, string parent, bool hasPosition) => role switch
    {
        "Stmts" or "Cond" or "Then" or "Do" or "Body" or "Stmt" => "Stmt",
        "X" or "Y" when hasPosition => "Stmt",
        "Args" => parent == "DeclClause" ? "Assign" : "Word",
        "Assigns" => "Assign",
        "Array" => "ArrayExpr",
        "Elems" => "ArrayElem",
        "Items" => parent == "CaseClause" ? "CaseItem" : "Word",
        "Redirs" => "Redirect",
        "Else" => "IfClause",
        "Name" => parent == "CoprocClause" ? "Word" : "Lit",
        "Variant" or "Param" or "N" or "Pattern" => "Lit",
        "Value" or "Word" or "Hdoc" or "Orig" or "With" or "Patterns" or "X" or "Y" => "Word",
        _ when role.EndsWith("Comments", StringComparison.Ordinal) || role.EndsWith("Last", StringComparison.Ordinal) => "Comment",
        _ => role,
    };
}
