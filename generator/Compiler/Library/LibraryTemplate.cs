using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;

namespace VmRecovery.Compiler.Library;

/// <summary>A piece of the library and where its first line comes from.</summary>
/// <param name="Name">How the frame calls it, such as <c>recovery.menu</c>.</param>
/// <param name="File">The file a maintainer edits.</param>
/// <param name="Line">Line of that file at which the text begins, from 1.</param>
/// <param name="Text">Bash, ending in one line end.</param>
/// <param name="Member">The C# member it was translated from; null for a chapter of bash.</param>
internal sealed partial record Chapter(string Name, string File, int Line, string Text, string? Member = null)
{
    /// <summary>The line of the file of each line of the text; empty where all come from one member.</summary>
    public ImmutableArray<int> Lines { get; init; } = [];

    /// <summary>The text two columns to the right. No string or here-document in it may go over a line end.</summary>
    public static string Indented(string text) => LineWithText().Replace(text, "  ");

    [GeneratedRegex("^(?=[^\n])", RegexOptions.Multiline)]
    private static partial Regex LineWithText();
}

/// <summary>The frame of <c>vm-core.func</c>: a Scriban template that puts the chapters in order.</summary>
internal static partial class LibraryTemplate
{
    /// <summary>The frame's name below templates/.</summary>
    public const string FrameName = "templates/vm-core.func.sbn";

    /// <summary>Where the frame wants the hash of everything below it.</summary>
    private const string ContentHashMark = "@content-sha256@";

    /// <summary>Renders the library.</summary>
    /// <param name="frame">The template.</param>
    /// <param name="chapters">Named parts: <c>core</c>, <c>recovery</c> and <c>policy</c> with members by chapter name.</param>
    /// <param name="version">The tool's version.</param>
    /// <param name="inputsSha256">Hash of policy and templates.</param>
    /// <exception cref="DiagnosticException">The template is wrong or names something that is not there.</exception>
    public static string Render(SourceFile frame, ImmutableArray<Chapter> chapters, string version, string inputsSha256)
    {
        var template = Template.Parse(frame.Text, frame.Path);
        if (template.HasErrors)
        {
            var mistake = template.Messages.First(message => message.Type == Scriban.Parsing.ParserMessageType.Error);
            throw Wrong(frame, mistake.Span, mistake.Message);
        }
        var model = new ScriptObject
        {
            ["version"] = version,
            ["inputs_sha256"] = inputsSha256,
            ["content_sha256"] = ContentHashMark,
        };
        foreach (var group in chapters.GroupBy(chapter => chapter.Name.Split('.')[0]))
        {
            var members = new ScriptObject();
            foreach (var chapter in group.GroupBy(chapter => chapter.Name[(group.Key.Length + 1)..]))
                members[chapter.Key] = string.Join('\n', chapter.Select(part => part.Text)).TrimEnd('\n');
            members["chapters"] = group.Select(part => part.Text.TrimEnd('\n')).ToArray();
            model[group.Key] = members;
        }
        if (model.TryGetValue("recovery", out var recovery) && recovery is ScriptObject part)
            part["functions"] = CalledByScripts(chapters);
        model.Import("indent", Chapter.Indented);
        var context = new TemplateContext
        {
            StrictVariables = true,
            AutoIndent = false,
            NewLine = "\n",
            EnableRelaxedMemberAccess = false,
            EnableRelaxedTargetAccess = false,
        };
        context.PushCulture(CultureInfo.InvariantCulture);
        context.PushGlobal(model);
        try
        {
            return WithContentHash(template.Render(context));
        }
        catch (ScriptRuntimeException e)
        {
            throw Wrong(frame, e.Span, e.OriginalMessage);
        }
    }

    /// <summary>The hash that the header of a rendered library should carry; null when it has no such line.</summary>
    public static string? RecordedHash(string library)
    {
        var (body, found) = Body(library);
        return found ? ContentHash.Of(body) : null;
    }

    /// <summary>The functions of the recovery part that scripts call and that answer a question.</summary>
    private static string[] CalledByScripts(ImmutableArray<Chapter> chapters) =>
    [
        .. chapters.Where(chapter => chapter.Name.Split('.')[0] is "policy" or "recovery")
            .SelectMany(chapter => PublicFunction().Matches(chapter.Text).Select(match => match.Groups[1].Value))
            .Where(name => name is "vm_classify_error" or "vm_show_recovery_menu" || name.StartsWith("is_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^([a-z]\w*)\(\) [{(]", RegexOptions.Multiline)]
    private static partial Regex PublicFunction();

    private static string WithContentHash(string rendered) =>
        rendered.Replace(ContentHashMark, ContentHash.Of(Body(rendered).Text), StringComparison.Ordinal);

    /// <summary>Everything below the line that carries the content's hash.</summary>
    private static (string Text, bool Found) Body(string library)
    {
        var line = library.IndexOf("\n# Content sha256:", StringComparison.Ordinal);
        var end = line < 0 ? -1 : library.IndexOf('\n', line + 1);
        return end < 0 ? (library, false) : (library[(end + 1)..], true);
    }

    private static DiagnosticException Wrong(SourceFile frame, Scriban.Parsing.SourceSpan span, string message)
    {
        var lines = frame.Text.Split('\n');
        var source = span.Start.Line < lines.Length ? lines[span.Start.Line] : null;
        var start = new LinePosition(span.Start.Line + 1, span.Start.Column + 1);
        var location = Location.Of(frame.Path, start, Math.Max(1, span.Length), source);
        return new DiagnosticException(new Diagnostic(OutputDiagnostics.Template, location, Sentence(message)));
    }

    private static string Sentence(string message)
    {
        var text = new StringBuilder(message.Trim().TrimEnd('.'));
        if (text.Length > 0)
            text[0] = char.ToLowerInvariant(text[0]);
        return text.ToString();
    }
}
