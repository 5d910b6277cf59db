using System.Collections;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using VmRecovery.Compiler.Loading;
using VmRecovery.Compiler.Translation;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Translation;

/// <summary>Runs what a file of a policy marks with [BashFunction] and [BashTable], as C# and as bash, over the same inputs.</summary>
internal sealed class FixtureInBothWorlds
{
    private const int Arguments = 4;

    private readonly CompiledPolicy policy;
    private readonly FixtureInputs inputs;
    private readonly List<(string Function, MethodInfo Method, FixtureInputs Own)> methods = [];
    private readonly List<(string Function, FieldInfo Table)> tables = [];
    private readonly string functions;

    public FixtureInBothWorlds(PolicyCompilation compilation, TranslatedPolicy bash, string file = FixturePolicy.Input)
    {
        policy = new CompiledPolicy(compilation);
        inputs = Inputs(compilation, n => n.SyntaxTree.FilePath == file);
        functions = string.Concat(bash.Functions.Where(f => f.Location.Path == file).Select(f => f.Text));
        var model = new PolicyModel(compilation);
        foreach (var method in model.Methods.Where(m => m.Locations[0].SourceTree!.FilePath == file))
            if (PolicyAttributes.Text(method, "BashFunction") is { } name)
            {
                var declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
                methods.Add((name, policy.Method(method.ContainingType.Name, method.Name), Inputs(compilation, declaration.Contains)));
            }
        foreach (var table in model.Tables.Where(t => t.Locations[0].SourceTree!.FilePath == file))
            tables.Add((PolicyAttributes.Text(table, "BashTable")!, policy.Type(table.ContainingType.Name).GetField(table.Name)!));
    }

    /// <summary>How many methods and tables are asked.</summary>
    public int Count => methods.Count + tables.Count;

    /// <summary>Cases for every method and table, so many each.</summary>
    public List<FixtureCase> Cases(ulong seed, int each) =>
    [
        .. from method in methods
           let dice = new Dice(seed)
           from _ in Enumerable.Range(0, each)
           let makers = dice.Below(3) == 0 ? inputs : method.Own
           select makers.Call(method.Function, method.Method, dice),
        .. from table in tables
           let dice = new Dice(seed)
           from _ in Enumerable.Range(0, each)
           select LookUp(table.Function, table.Table, inputs.Text(dice)),
    ];

    /// <summary>Every method once with each of the first answers that a node can give, over one choice of arguments.</summary>
    public IEnumerable<FixtureCase> Exhaustive(ulong seed, int calls) =>
        from method in methods
        from answers in Enumerable.Range(0, 1 << calls)
        select method.Own.Call(method.Function, method.Method, new Dice(seed), (ulong)answers);

    /// <summary>The answers of one bash process.</summary>
    public async Task<string[]> BashAsync(IReadOnlyList<FixtureCase> cases)
    {
        var folder = Directory.CreateTempSubdirectory("vmrecovery-fixture-");
        try
        {
            var (script, data) = (Path.Combine(folder.FullName, "fixture.bash"), Path.Combine(folder.FullName, "cases"));
            await File.WriteAllBytesAsync(script, Encoding.UTF8.GetBytes(Script()));
            await File.WriteAllBytesAsync(data, Encoding.Latin1.GetBytes(string.Concat(cases.SelectMany(Fields).Select(f => f + "\0"))));
            var outcome = await ProcessRunner.RunBytesAsync("bash", [script, data], []);
            Assert.Equal("", outcome.Error);
            return Encoding.Latin1.GetString(outcome.Output).Split('\0')[..^1];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private FixtureInputs Inputs(PolicyCompilation compilation, Func<SyntaxNode, bool> belongs) =>
        new(new PolicyLiterals(compilation, n => belongs(n) && !n.Ancestors().OfType<AttributeSyntax>().Any()), policy);

    private IEnumerable<string> Fields(FixtureCase c) =>
    [
        c.Function, $"{c.Kind}", c.Shared.Command, $"{c.Shared.ExitCode}", c.Shared.Log, policy.ClassIds[c.Shared.Class], $"{c.Shared.RetriesUsed}",
        $"{c.Shared.MaxRetries}", c.Shared.KeysSent ? "1" : "0", c.Shared.FirstBoot ? "1" : "0", $"{c.Answers}", $"{c.Words.Count}",
        .. c.Words, .. Enumerable.Repeat("", Arguments - c.Words.Count),
    ];

    private string Script() =>
        "set -u\nexport LC_ALL=C\n" + functions + RecordedNode.Bash(policy.Type("INode")) +
        """
        mapfile -d '' -t fields <"$1"
        for ((i = 0; i < ${#fields[@]}; i += 16)); do
          _command=${fields[i + 2]} _exit_code=${fields[i + 3]} _log=${fields[i + 4]} _class=${fields[i + 5]}
          _retries_used=${fields[i + 6]} _max_retries=${fields[i + 7]} _keys_sent=${fields[i + 8]} _first_boot=${fields[i + 9]}
          _program=${_command%% *} _log_lower=${_log,,}
          _program=${_program##*/}
          answers=${fields[i + 10]} calls='' asked=0 REPLY=''
          args=()
          for ((k = 0; k < fields[i + 11]; k++)); do args+=("${fields[i + 12 + k]}"); done
          case ${fields[i + 1]} in
          Bool) if "${fields[i]}" "${args[@]}"; then REPLY=1; else REPLY=0; fi ;;
          Table) if "${fields[i]}" "${args[@]}"; then REPLY=$_first_boot; else REPLY=none; fi ;;
          *) "${fields[i]}" "${args[@]}" ;;
          esac
          printf '%s\x1d%s\0' "$REPLY" "$calls"
        done

        """;

    private static FixtureCase LookUp(string function, FieldInfo table, string key)
    {
        var entry = ((IEnumerable)table.GetValue(null)!).Cast<object>()
            .FirstOrDefault(e => CompiledPolicy.InBash(e.GetType().GetProperties()[0].GetValue(e)!) == key);
        var answer = entry is null ? "none" : CompiledPolicy.InBash(entry.GetType().GetProperty("FirstBoot")!.GetValue(entry)!);
        return new FixtureCase(function, () => answer + "\x1d", ResultKind.Table, new PolicyCase("", 0, "", 0, 0, 0, false, false), 0, [key]);
    }
}
