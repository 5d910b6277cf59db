using VmRecovery.Bash.Text;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Fixes of ERR handlers. They belong together: one without the others makes a script worse.</summary>
internal static class HandlerFixes
{
    /// <summary>The group of the fixes.</summary>
    public const string Group = "err-handler";

    private const string NewVariable = "exit_code";

    /// <summary>Makes the handler leave a subshell at once; null when its form does not allow it.</summary>
    public static Fix? Guard(Handler handler, RuleContext context) =>
        GuardEdit(handler, context) is { } edit ? Grouped(context, "leave at once in a subshell", edit) : null;

    /// <summary>The edit of <see cref="Guard"/>.</summary>
    public static TextEdit? GuardEdit(Handler handler, RuleContext context)
    {
        if (handler.First is not { } first || Indent(handler, context) is not { } indent)
            return null;
        return handler.StatusVariable is { } variable
            ? Insert(first.Span.End, $"\n{indent}((BASH_SUBSHELL == 0)) || exit \"${variable}\"")
            : Insert(
                first.Span.Start,
                $"local {NewVariable}=$?\n{indent}((BASH_SUBSHELL == 0)) || exit \"${NewVariable}\"\n{indent}"
            );
    }

    /// <summary>Switches the handler off after it has saved the status; null when its form does not allow it.</summary>
    public static Fix? Disarm(Handler handler, RuleContext context)
    {
        if (
            handler.StatusVariable is null
            || handler.Function.Body is not [_, var second, ..]
            || Indent(handler, context) is not { } indent
        )
            return null;
        return Grouped(
            context,
            "switch the handler off",
            Insert(second.Span.Start, $"trap - ERR\n{indent}trap '' INT TERM HUP\n{indent}set +e\n{indent}")
        );
    }

    /// <summary>Ends the handler with the saved status; null when its form does not allow it.</summary>
    public static Fix? Exit(Handler handler, RuleContext context)
    {
        if (
            handler.StatusVariable is not { } variable
            || handler.Function.Body is not [.., var last]
            || last.FullSpan().End != last.Span.End
            || context.IndentAt(last.Span.Start) is not { } indent
        )
            return null;
        return Grouped(context, $"exit with ${variable}", Insert(last.Span.End, $"\n{indent}exit \"${variable}\""));
    }

    private static string? Indent(Handler handler, RuleContext context) =>
        handler.First is { } first ? context.IndentAt(first.Span.Start) : null;

    private static Fix Grouped(RuleContext context, string title, TextEdit edit) =>
        context.Fix(title, edit) with
        {
            Group = Group,
        };

    private static TextEdit Insert(int offset, string text) => new(new TextSpan(offset, offset), text);
}
