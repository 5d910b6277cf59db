namespace VmRecovery.Engine.Asking;

/// <summary>How many rows whiptail makes of a text: it breaks at blanks, and in longer words.</summary>
internal static class TextRows
{
    /// <summary>Counts the rows of a text in a box of some width.</summary>
    public static int Count(string text, int width)
    {
        var rows = 0;
        foreach (var whole in text.Split('\n'))
        {
            var line = whole;
            for (rows++; line.Length > width - 4; rows++)
            {
                var head = line[..(width - 4)];
                var blank = head.LastIndexOf(' ');
                if (blank > 0 && head[..blank].Any(c => !char.IsWhiteSpace(c)))
                    head = head[..blank];
                line = line[head.Length..].TrimStart(' ');
            }
        }
        return rows;
    }
}
