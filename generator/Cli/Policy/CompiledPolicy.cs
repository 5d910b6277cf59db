using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using VmRecovery.Compiler.Checks;
using VmRecovery.Compiler.Loading;
using VmRecovery.Diagnostics;
using VmRecovery.Engine.Deciding;
using VmRecovery.Host.Files;

namespace VmRecovery.Cli.Policy;

/// <summary>
/// A policy that is compiled when the tool runs (<c>--policy DIR</c>): its classes, causes and menu in place of the
/// tool's own. It is loaded only when it is pure and complete.
/// </summary>
internal sealed class CompiledPolicy : IRunPolicy
{
    private const string Root = "VmRecovery.Model.";
    private readonly Assembly assembly;
    private readonly object items;
    private readonly object detectors;

    private CompiledPolicy(Assembly assembly)
    {
        this.assembly = assembly;
        items = Static("Menu.RecoveryMenu", "Items");
        detectors = Static("Classifier", "Detectors");
    }

    /// <inheritdoc/>
    public ImmutableArray<string> OptionIds => [.. Enum.GetValues(Type("MenuOption")).Cast<object>().Select(o => Text(o, "Id"))];

    /// <summary>Compiles and checks a policy.</summary>
    /// <param name="folder">A folder with C# files such as recovery-model/.</param>
    /// <exception cref="ToolException">It is no policy, or has mistakes; the first is named with its place.</exception>
    public static CompiledPolicy Load(string folder)
    {
        if (!Directory.Exists(folder))
            throw ToolException.Input($"{folder}: no policy there; expected a folder with C# files such as recovery-model/");
        var sources = SourceTree.Read(folder, Path.TrimEndingDirectorySeparator(folder), ".cs");
        if (sources.IsEmpty)
            throw ToolException.Input($"{folder}: no policy there; expected a folder with C# files such as recovery-model/");
        var model = new PolicyModel(PolicyCompilation.Create(sources));
        var image = model.Policy.Emit(out var errors);
        if (image is not null)
            errors = [.. PurityCheck.Run(model.Policy, image), .. CompletenessCheck.Run(model), .. RegisterCheck.Run(model)];
        if (image is null || !errors.IsEmpty)
            throw ToolException.Input(Sentence(errors));
        using var stream = new MemoryStream(image.Assembly);
        return new CompiledPolicy(new AssemblyLoadContext("policy").LoadFromStream(stream));
    }

    /// <inheritdoc/>
    public RunDecision Decide(FailureReport failure)
    {
        var log = New("LogText", failure.Log, null);
        var what = New("Failure", failure.Command, failure.Status, log);
        var @class = Call(Type("Classifier").GetMethod("Classify")!, null, what);
        var situation = New(
            "Situation", what, @class, failure.RetriesUsed, failure.MaxRetries, failure.KeysSent, failure.FirstBoot);
        AssumeFacts(situation);
        var detector = Each(detectors).First(d => Get(d, "Class").Equals(@class));
        var reason = Call(Type("Causes.Reason").GetMethod("Of")!, null, what, Get(detector, "Causes"), Text(@class, "Id", "Words"), Text(@class, "Advice", "Words"));
        return new RunDecision(
            Text(@class, "Id"),
            (string)Get(reason, "Words"),
            (string)Get(reason, "Advice"),
            (string)Get(reason, "Cause"),
            [.. Each(items).Where(i => IsOffered(i, situation)).Select(i => Get(i, "Option")).Select(o => new MenuEntry(Text(o, "Id"), Text(o, "Id", "Words")))]);
    }

    // As OwnPolicy: nothing is known of the node, and the log is not shown in the menu.
    private static void AssumeFacts(object situation)
    {
        var property = situation.GetType().GetProperty("Facts")!;
        var assumed = property.PropertyType.GetProperty("Assumed")?.GetValue(null) ?? property.PropertyType.GetField("Assumed")!.GetValue(null)!;
        var facts = Call(property.PropertyType.GetMethod("<Clone>$")!, assumed);
        property.PropertyType.GetProperty("AtTerminal")!.SetValue(facts, false);
        property.SetValue(situation, facts);
    }

    private static string Sentence(ImmutableArray<Diagnostic> errors)
    {
        var more = errors.Length > 1 ? FormattableString.Invariant($" (and {errors.Length - 1} more; see vmrecovery generate --policy)") : "";
        return $"{errors[0].Location}: {errors[0].Id}: {errors[0].Message}{more}";
    }

    private static bool IsOffered(object item, object situation) => (bool)((Delegate)Get(item, "IsOffered")).DynamicInvoke(situation)!;

    private static IEnumerable<object> Each(object array) => ((IEnumerable)array).Cast<object>();

    private static object Get(object thing, string property) => thing.GetType().GetProperty(property)!.GetValue(thing)!;

    private static object Call(MethodInfo method, object? thing, params object?[] arguments) => method.Invoke(thing, arguments)!;

    private static string Text(object member, string attribute, string property = "Id")
    {
        var found = member.GetType().GetField(member.ToString()!)!.GetCustomAttributes().First(a => a.GetType().Name == attribute + "Attribute");
        return (string)Get(found, property);
    }

    private object New(string type, params object?[] arguments) => Activator.CreateInstance(Type(type), arguments)!;

    private object Static(string type, string field) => Type(type).GetField(field)!.GetValue(null)!;

    private Type Type(string name) =>
        assembly.GetType(Root + name) ?? throw ToolException.Input($"the policy has no type {Root}{name}");
}
