using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using VmRecovery.Compiler.Loading;
using VmRecovery.Diagnostics;
using Diagnostic = VmRecovery.Compiler.Findings.Diagnostic;

namespace VmRecovery.Compiler.Checks;

/// <summary>Runs every sample of a policy that is known to be pure, in a context that goes away afterwards.</summary>
internal sealed class SampleCheck
{
    /// <summary>No detector claims it, or another class wins.</summary>
    public const string WrongClass = "VMP121";

    /// <summary>The detector claims its own near miss.</summary>
    public const string NotRejected = "VMP122";

    /// <summary>The policy cannot be run.</summary>
    public const string CannotRun = "VMP123";

    private readonly Assembly assembly;
    private readonly PolicyModel model;
    private readonly List<(IFieldSymbol Class, Func<object, bool> Claims)> detectors = [];
    private readonly List<Diagnostic> found = [];

    private SampleCheck(Assembly assembly, PolicyModel model)
    {
        this.assembly = assembly;
        this.model = model;
        foreach (var detector in model.Detectors)
            if (Find(detector.Method) is { } method)
                detectors.Add((detector.Member, failure => (bool)method.Invoke(null, [failure])!));
    }

    /// <summary>Samples that the policy does not decide as it says itself.</summary>
    public static ImmutableArray<Diagnostic> Run(PolicyModel model, PolicyImage image)
    {
        var context = new AssemblyLoadContext("policy", isCollectible: true);
        try
        {
            using var stream = new MemoryStream(image.Assembly);
            var check = new SampleCheck(context.LoadFromStream(stream), model);
            foreach (var detector in model.Detectors)
                check.CheckSamples(detector);
            return [.. check.found];
        }
        finally
        {
            context.Unload();
        }
    }

    private void CheckSamples(Marked detector)
    {
        var own = Find(detector.Method);
        if (own is null)
            return;
        foreach (var sample in PolicyAttributes.Of(detector.Method, "Claims"))
            Try(sample, failure =>
            {
                var winner = detectors.FirstOrDefault(d => d.Claims(failure)).Class;
                if (winner is null)
                    Add(sample, WrongClass, $"no class claims this failure; it should be '{PolicyModel.Id(detector.Member)}'");
                else if (!SymbolEqualityComparer.Default.Equals(winner, detector.Member))
                    Add(sample, WrongClass, $"'{PolicyModel.Id(winner)}' claims this failure first; it should be '{PolicyModel.Id(detector.Member)}'");
            });
        foreach (var sample in PolicyAttributes.Of(detector.Method, "Rejects"))
            Try(sample, failure =>
            {
                if ((bool)own.Invoke(null, [failure])!)
                    Add(sample, NotRejected, $"'{PolicyModel.Id(detector.Member)}' claims this failure although it must not");
            });
    }

    private void Try(AttributeData sample, Action<object> look)
    {
        try
        {
            if (Failure(sample) is { } failure)
                look(failure);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            Add(sample, CannotRun, $"the policy fails on this sample: {inner.Message}");
        }
    }

    /// <summary>The policy's own <c>Failure(command, exit code, log)</c>.</summary>
    private object? Failure(AttributeData sample)
    {
        var type = assembly.GetTypes().FirstOrDefault(t => t.Name == "Failure");
        var log = assembly.GetTypes().FirstOrDefault(t => t.Name == "LogText");
        if (sample.ConstructorArguments is not [{ Value: string command }, { Value: int exitCode }, { Value: string text }] || type is null || log is null)
        {
            Add(sample, CannotRun, "a sample is a command, an exit status and a log, for the records 'Failure' and 'LogText'");
            return null;
        }
        var taker = log.GetConstructors()[0];
        var words = taker.Invoke([text, .. taker.GetParameters().Skip(1).Select(p => p.DefaultValue)]);
        return type.GetConstructors().First(c => c.GetParameters().Length == 3).Invoke([command, exitCode, words]);
    }

    private MethodInfo? Find(IMethodSymbol method) =>
        assembly.GetTypes()
            .FirstOrDefault(t => t.Name == method.ContainingType.Name && t.Namespace == method.ContainingNamespace.ToDisplayString())
            ?.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .FirstOrDefault(m => m.Name == method.Name && m.GetParameters().Length == 1 && m.ReturnType == typeof(bool));

    private void Add(AttributeData sample, string code, string message) =>
        found.Add(new Diagnostic(Places.Of(sample), Severity.Error, code, message));
}
