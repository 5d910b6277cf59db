using System.Collections.Immutable;

namespace VmRecovery.Compiler.Library;

/// <summary>Finds which chapter, and which line of the file it comes from, stands at a line of the rendered library.</summary>
internal sealed class ChapterMap
{
    private readonly ImmutableArray<(int FirstLine, int LastLine, Chapter Chapter)> places;

    /// <summary>Locates each chapter in the text: it stands there whole, as it is or indented.</summary>
    public ChapterMap(string library, ImmutableArray<Chapter> chapters)
    {
        places =
        [
            .. from chapter in chapters
               let text = chapter.Text.TrimEnd('\n')
               let offset = Math.Max(
                   library.IndexOf(text, StringComparison.Ordinal), library.IndexOf(Chapter.Indented(text), StringComparison.Ordinal))
               where offset >= 0
               let first = 1 + library.AsSpan(0, offset).Count('\n')
               select (first, first + text.AsSpan().Count('\n'), chapter),
        ];
    }

    /// <summary>The chapter at a line from 1, and the line of its own file; null when the frame itself stands there.</summary>
    public (Chapter Chapter, int Line)? At(int line)
    {
        foreach (var (first, last, chapter) in places)
            if (line >= first && line <= last)
                return (chapter, chapter.Lines.IsDefaultOrEmpty ? chapter.Line : chapter.Lines[line - first]);
        return null;
    }
}
