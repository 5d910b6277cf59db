namespace VmRecovery.Bash.Syntax.Reading;

/// <summary>Reads what stands between commands: blanks, comments, line feeds and the here-documents after them.</summary>
internal sealed class LineReader(ScriptReader reader)
{
    private readonly Cursor cursor = reader.Cursor;

    /// <summary>Reads blanks, comments and line feeds.</summary>
    public void SkipLines()
    {
        while (true)
        {
            cursor.SkipBlanks();
            if (cursor.Current == '\n')
                TakeLineFeed();
            else if (!cursor.TakeComment())
                return;
        }
    }

    /// <summary>Reads a line feed and the here-documents that begin on the next line.</summary>
    public void TakeLineFeed()
    {
        cursor.Take(TokenKind.NewLine, 1);
        reader.HereDocuments.ReadPending();
    }
}
