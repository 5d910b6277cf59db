using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using VmRecovery.Compiler.Loading;
using VmRecovery.Compiler.Translation;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Translation;

/// <summary>What a policy is asked: a failure and what else is known. Text is bytes, one character each.</summary>
internal sealed record PolicyCase(
    string Command, int ExitCode, string Log, int Class, int RetriesUsed, int MaxRetries, bool KeysSent, bool FirstBoot, ulong FactSeed = 1)
{
    /// <summary>Values for the facts, one a parameter: small numbers, yes or no, a name or none.</summary>
    public object[] Facts(Type facts)
    {
        var dice = new Dice(FactSeed);
        return
        [
            .. facts.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters().Select(parameter =>
                parameter.ParameterType == typeof(bool) ? dice.Below(2) == 0
                : parameter.ParameterType == typeof(int) ? (object)((dice.Below(5) * (1 + dice.Below(300))) - 1)
                : dice.Below(3) == 0 ? "" : $"name-{new string('x', dice.Below(60))}"),
        ];
    }

    /// <summary>The same as assignments of bash.</summary>
    public string FactsInBash(Type facts) => string.Concat(
        facts.GetConstructors().Single(c => c.GetParameters().Length > 1).GetParameters().Zip(Facts(facts), (parameter, value) =>
            $"{facts.GetProperty(parameter.Name!)!.GetCustomAttributesData().Single(a => a.AttributeType.Name == "BashVariableAttribute").ConstructorArguments[0].Value}"
            + $"='{CompiledPolicy.InBash(value)}' "));
}

/// <summary>A compiled policy and its bash; both answer the same cases, one line of 0 and 1 each.</summary>
/// <remarks>
/// Every predicate over a Failure or a Situation is found by its parameter, so that new ones take part by themselves;
/// those behind options are asked through the menu, those behind classes also through the class.
/// </remarks>
internal sealed class PolicyInBothWorlds
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(8);

    private readonly TranslatedPolicy bash;
    private readonly List<(string Function, Func<object, object, bool> Native)> predicates = [];
    private readonly string[] classIds;
    private readonly string[] optionIds;
    private readonly Func<object, int> classify;
    private readonly Func<object, string> options;
    private readonly Func<object, string, string> reason;
    private readonly Type failureType;
    private readonly Type logType;
    private readonly Type situationType;
    private readonly Type classType;
    private readonly Type factsType;

    public PolicyInBothWorlds(PolicyCompilation policy)
    {
        // LogText goes through Regex's cache, whose default holds a third of the patterns of the policy.
        System.Text.RegularExpressions.Regex.CacheSize = 1024;
        var model = new PolicyModel(policy);
        bash = PolicyTranslator.Translate(model);
        Assert.Empty(bash.Diagnostics);
        var image = policy.Emit(out _)!;
        var assembly = new AssemblyLoadContext("both worlds", isCollectible: true).LoadFromStream(new MemoryStream(image.Assembly));
        var types = assembly.GetTypes();
        failureType = types.Single(t => t.Name == "Failure");
        logType = types.Single(t => t.Name == "LogText");
        situationType = types.Single(t => t.Name == "Situation");
        classType = types.Single(t => t.Name == "ErrorClass");
        var vocabulary = new Vocabulary(model);
        var known = bash.Functions.Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        var native = types.SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .ToLookup(m => $"{m.DeclaringType!.Name}.{m.Name}");
        var detectors = new List<Func<object, bool>>();
        var offers = new List<(string Id, Func<object, bool> Offered)>();
        var behindOptions = model.Offers.Select(o => vocabulary.FunctionOf(o.Method)).ToHashSet(StringComparer.Ordinal);
        foreach (var method in model.Methods.Where(m => known.Contains(vocabulary.FunctionOf(m)) && !behindOptions.Contains(vocabulary.FunctionOf(m))))
        {
            var found = native[$"{method.ContainingType.Name}.{method.Name}"].First();
            if (found.ReturnType != typeof(bool) || found.GetParameters() is not [{ ParameterType: var parameter }])
                continue;
            if (parameter == failureType)
                predicates.Add((vocabulary.FunctionOf(method), (failure, _) => (bool)found.Invoke(null, [failure])!));
            else if (parameter == situationType)
                predicates.Add((vocabulary.FunctionOf(method), (_, situation) => (bool)found.Invoke(null, [situation])!));
        }
        foreach (var detector in model.Detectors)
            detectors.Add(NativeOf(detector, native));
        foreach (var offer in model.Offers)
            offers.Add((PolicyModel.Id(offer.Member), NativeOf(offer, native)));
        classIds = [.. PolicyAttributes.Members(model.ClassEnum!).Select(PolicyModel.Id)];
        optionIds = [.. offers.Select(o => o.Id)];
        classify = failure => detectors.FindIndex(d => d(failure)) is >= 0 and var index ? index : classIds.Length - 1;
        var told = new Dictionary<string, (object Causes, string Words, string Advice)>(StringComparer.Ordinal);
        foreach (var entry in ((System.Collections.IEnumerable)types.Single(t => t.Name == "Classifier").GetField("Detectors")!.GetValue(null)!).Cast<object>())
        {
            var member = model.ClassEnum!.GetMembers(entry.GetType().GetProperty("Class")!.GetValue(entry)!.ToString()!).OfType<Microsoft.CodeAnalysis.IFieldSymbol>().Single();
            told[PolicyModel.Id(member)] = (
                entry.GetType().GetProperty("Causes")!.GetValue(entry)!,
                PolicyAttributes.Text(member, "Id", 1)!,
                PolicyAttributes.Text(member, "Advice")!);
        }
        var explain = types.Single(t => t.Name == "Reason").GetMethod("Of")!;
        reason = (failure, id) =>
        {
            var answer = explain.Invoke(null, [failure, told[id].Causes, told[id].Words, told[id].Advice])!;
            return string.Join('|', new[] { "Cause", "Words", "Advice" }.Select(p => answer.GetType().GetProperty(p)!.GetValue(answer)));
        };
        var menu = types.Single(t => t.Name == "RecoveryMenu").GetMethod("For")!;
        options = situation => string.Join(',', ((System.Collections.IEnumerable)menu.Invoke(null, [situation])!).Cast<object>().Select(item => Item(item, situation)));
        factsType = types.Single(t => t.Name == "Facts");
    }

    /// <summary>How many predicates are compared.</summary>
    public int Predicates => predicates.Count;

    /// <summary>How many error classes there are.</summary>
    public int Classes => classIds.Length;

    /// <summary>How many menu options there are.</summary>
    public int Options => optionIds.Length;

    /// <summary>The answers of C#, a line a case.</summary>
    public IReadOnlyList<string> Native(IReadOnlyList<PolicyCase> cases) =>
        [.. cases.Select(Native)];

    private string Native(PolicyCase @case)
    {
        var log = Activator.CreateInstance(logType, @case.Log, null)!;
        var failure = Activator.CreateInstance(failureType, @case.Command, @case.ExitCode, log)!;
        var situation = Activator.CreateInstance(
            situationType, failure, Enum.ToObject(classType, @case.Class), @case.RetriesUsed, @case.MaxRetries, @case.KeysSent, @case.FirstBoot)!;
        situationType.GetProperty("Facts")!.SetValue(situation, Activator.CreateInstance(factsType, @case.Facts(factsType)));
        var bits = string.Concat(predicates.Select(p => p.Native(failure, situation) ? '1' : '0'));
        var id = classIds[classify(failure)];
        return $"{bits} {id} {options(situation)} {reason(failure, id)}";
    }

    /// <summary>The answers of bash, a line a case, from one process.</summary>
    public async Task<IReadOnlyList<string>> BashAsync(IReadOnlyList<PolicyCase> cases)
    {
        var folder = Directory.CreateTempSubdirectory("vmrecovery-policy-");
        try
        {
            var script = Path.Combine(folder.FullName, "policy.bash");
            var data = Path.Combine(folder.FullName, "cases");
            await File.WriteAllBytesAsync(script, Encoding.UTF8.GetBytes(Script()));
            await File.WriteAllBytesAsync(data, Encoding.Latin1.GetBytes(string.Concat(cases.Select(Fields))));
            var outcome = await ProcessRunner.RunAsync("bash", [script, data], timeLimit: TimeLimit);
            Assert.Equal("", outcome.Error);
            return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // bash drops NUL wherever it reads text; so does LogText.
    private string Fields(PolicyCase c) =>
        string.Concat(
            new[]
            {
                c.Command, $"{c.ExitCode}", c.Log.Replace("\0", "", StringComparison.Ordinal), classIds[c.Class], $"{c.RetriesUsed}", $"{c.MaxRetries}",
                c.KeysSent ? "1" : "0", c.FirstBoot ? "1" : "0", c.FactsInBash(factsType),
            }.Select(field => field + "\0"));

    private string Script()
    {
        var script = new StringBuilder("set -u\nexport LC_ALL=C\n");
        foreach (var function in bash.Functions)
            script.Append(function.Text);
        script.Append(Function("78-classify.bash", "_vm_read_reasons"));
        script.Append(Function("80-menu.bash", "_vm_add_option"));
        script.Append(
            """
            mapfile -d '' -t fields <"$1"
            for ((i = 0; i < ${#fields[@]}; i += 9)); do
              eval "${fields[i + 8]}"
              _command=${fields[i]} _exit_code=${fields[i + 1]} _log=${fields[i + 2]} _class=${fields[i + 3]}
              _retries_used=${fields[i + 4]} _max_retries=${fields[i + 5]} _keys_sent=${fields[i + 6]} _first_boot=${fields[i + 7]}
              _program=${_command%% *} bits=''
              _program=${_program##*/} _log_lower=${_log,,}
              if ((${#_log} > 16384)); then _log=${_log: -16384} _log_lower=${_log_lower: -16384}; fi
              _account=$_command$'\n'"($_exit_code)"$'\n'$_log

            """);
        foreach (var (function, _) in predicates)
            script.Append($"  if {function}; then bits+=1; else bits+=0; fi\n");
        script.Append(
            """
              _vm_best_option
              _best=$REPLY
              _vm_set_options
              for k in "${!_option_ids[@]}"; do _option_ids[k]+="=${_option_words[k]}"; done
              _vm_set_class
              _vm_set_reason
              IFS=,
              printf '%s %s %s %s|%s|%s\n' "$bits" "$_class" "${_option_ids[*]}" "$_cause" "$_words" "$_advice"
              unset IFS
            done

            """);
        return script.ToString();
    }

    /// <summary>An option with its words, cut as the menu cuts them.</summary>
    private static string Item(object item, object situation)
    {
        var option = item.GetType().GetProperty("Option")!.GetValue(item)!;
        var member = option.GetType().GetField(option.ToString()!)!.GetCustomAttributesData().Single(a => a.AttributeType.Name == "IdAttribute");
        var id = (string)member.ConstructorArguments[0].Value!;
        var words = item.GetType().GetProperty("Words")!.GetValue(item) is Delegate told
            ? (string)told.DynamicInvoke(situation)!
            : (string)member.ConstructorArguments[1].Value!;
        return $"{id}={(id.Length + words.Length <= 53 ? words : words[..(50 - id.Length)] + "...")}";
    }

    /// <summary>A hand-written function, as it stands in the library.</summary>
    private static string Function(string file, string name)
    {
        var chapter = File.ReadAllText(Path.Combine(ShippedPolicy.Root(), "templates", "recovery", file));
        var start = chapter.IndexOf(name + "() {", StringComparison.Ordinal);
        return chapter[start..(chapter.IndexOf("\n}\n", start, StringComparison.Ordinal) + 3)];
    }

    private static Func<object, bool> NativeOf(Registered marked, ILookup<string, MethodInfo> native)
    {
        var method = native[$"{marked.Method.ContainingType.Name}.{marked.Method.Name}"].First();
        return argument => (bool)method.Invoke(null, [argument])!;
    }
}
