using System.Collections;
using System.Reflection;
using System.Text;

namespace VmRecovery.Tests.Translation;

/// <summary>
/// A node whose every answer is given beforehand, in C# and in bash: the calls are noted as the words of the command,
/// and the n-th call succeeds when bit n of the answers is set.
/// </summary>
/// <remarks>Public and open: a proxy is derived from it.</remarks>
public class RecordedNode : DispatchProxy
{
    /// <summary>How many answers there are before they repeat.</summary>
    public const int Answers = 60;

    /// <summary>What ends the words of a call.</summary>
    public const char AfterCall = '\x1e';

    private const char BetweenWords = '\x1f';

    private readonly StringBuilder calls = new();
    private ulong answers;
    private int asked;

    /// <summary>A node of that interface.</summary>
    public static object Create(Type node, ulong answers)
    {
        var proxy = Create(node, typeof(RecordedNode));
        ((RecordedNode)proxy).answers = answers;
        return proxy;
    }

    /// <summary>What was called on the node.</summary>
    public static string CallsOf(object node) => ((RecordedNode)node).calls.ToString();

    /// <summary>The same node in bash: a function for each command of the interface, over <c>answers</c>.</summary>
    public static string Bash(Type node)
    {
        var functions = node.GetMethods().Select(m => CommandOf(m).Split(' ')[0]).Distinct()
            .Select(name => $$"""{{name}}() { node_record {{name}} "$@"; }""");
        return $$"""
            {{string.Join('\n', functions)}}
            node_record() {
              local IFS=$'\x1f'
              calls+="$*"$'\x1e'
              asked=$((asked + 1))
              return $((1 - (answers >> ((asked - 1) % {{Answers}}) & 1)))
            }

            """;
    }

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var words = CommandOf(targetMethod!).Split(' ').Concat((args ?? []).SelectMany(Words));
        calls.Append(string.Join(BetweenWords, words)).Append(AfterCall);
        var answer = (answers >> (asked++ % Answers) & 1) == 1;
        return targetMethod!.ReturnType == typeof(bool) ? answer : null;
    }

    private static IEnumerable<string> Words(object? argument) =>
        argument is string[] many ? many : argument is IEnumerable list and not string ? list.Cast<string>() : [(string)argument!];

    private static string CommandOf(MethodInfo method) =>
        (string)method.GetCustomAttributesData().Single(a => a.AttributeType.Name == "BashCommandAttribute").ConstructorArguments[0].Value!;
}
