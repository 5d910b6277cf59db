using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using VmRecovery.Compiler.Loading;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Diagnostic = VmRecovery.Diagnostics.Diagnostic;
using DiagnosticDescriptor = VmRecovery.Diagnostics.DiagnosticDescriptor;

namespace VmRecovery.Compiler.Checks;

/// <summary>Runs every sample of a policy that is known to be pure, in a context that goes away afterwards.</summary>
internal sealed class SampleCheck
{
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
            foreach (var causes in model.Causes)
                check.CheckCauses(causes);
            return [.. check.found];
        }
        finally
        {
            context.Unload();
        }
    }

    private void CheckSamples(Registered detector)
    {
        var own = Find(detector.Method);
        if (own is null)
            return;
        foreach (var sample in PolicyAttributes.Of(detector.Method, "Claims"))
            Try(sample, failure =>
            {
                var winner = detectors.FirstOrDefault(d => d.Claims(failure)).Class;
                if (winner is null)
                    Add(sample, PolicyDiagnostics.WrongClass, $"no class claims this failure; it should be '{PolicyModel.Id(detector.Member)}'");
                else if (!SymbolEqualityComparer.Default.Equals(winner, detector.Member))
                    Add(sample, PolicyDiagnostics.WrongClass, $"'{PolicyModel.Id(winner)}' claims this failure first; it should be '{PolicyModel.Id(detector.Member)}'");
            });
        foreach (var sample in PolicyAttributes.Of(detector.Method, "Rejects"))
            Try(sample, failure =>
            {
                if ((bool)own.Invoke(null, [failure])!)
                    Add(sample, PolicyDiagnostics.NotRejected, $"'{PolicyModel.Id(detector.Member)}' claims this failure although it must not");
            });
    }

    /// <summary>Each sample of a table of causes is of the class, and gets the cause and the sentence that it says.</summary>
    private void CheckCauses(ClassCauses causes)
    {
        if (causes.Table is not { } table || Value(table) is not { } all)
            return;
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sample in PolicyAttributes.Of(table, "Tells"))
        {
            if (sample.ConstructorArguments is not [{ Value: string id }, var command, var exitCode, var log, { Value: string words }])
                continue;
            told.Add(id);
            Try(sample, [command, exitCode, log], failure =>
            {
                var winner = detectors.FirstOrDefault(d => d.Claims(failure)).Class;
                if ((winner?.Name ?? PolicyModel.NoEvidence) != causes.Class.Name)
                    Add(sample, PolicyDiagnostics.WrongClass, $"this failure is of class '{(winner is null ? "unknown" : PolicyModel.Id(winner))}', not of '{PolicyModel.Id(causes.Class)}'");
                var (cause, sentence) = Of(failure, all);
                if (cause != id || sentence != words)
                    Add(sample, PolicyDiagnostics.WrongCause, $"the cause is '{cause}': {sentence}");
            });
        }
        foreach (var entry in causes.Entries)
            if (entry is BaseObjectCreationExpressionSyntax creation && model.Constant(creation, 0) is { } id && told.Add(id))
                found.Add(new Diagnostic(PolicyDiagnostics.Samples, SourceLocations.Of(entry.GetLocation()), $"cause '{id}' has no [Tells(…)]: show a failure that it explains"));
    }

    private object? Value(IFieldSymbol field) =>
        assembly.GetTypes().FirstOrDefault(t => t.Name == field.ContainingType.Name && t.Namespace == field.ContainingNamespace.ToDisplayString())
            ?.GetField(field.Name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)?.GetValue(null);

    private (string Cause, string Words) Of(object failure, object causes)
    {
        var reason = assembly.GetTypes().First(t => t.Name == "Reason");
        var told = reason.GetMethod("Of", BindingFlags.Static | BindingFlags.Public)!.Invoke(null, [failure, causes, "", ""])!;
        return ((string)reason.GetProperty("Cause")!.GetValue(told)!, (string)reason.GetProperty("Words")!.GetValue(told)!);
    }

    private void Try(AttributeData sample, Action<object> look) => Try(sample, sample.ConstructorArguments, look);

    private void Try(AttributeData sample, ImmutableArray<TypedConstant> arguments, Action<object> look)
    {
        try
        {
            if (Failure(sample, arguments) is { } failure)
                look(failure);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            Add(sample, PolicyDiagnostics.CannotRun, $"the policy fails on this sample: {inner.Message}");
        }
    }

    /// <summary>The policy's own <c>Failure(command, exit code, log)</c>.</summary>
    private object? Failure(AttributeData sample, ImmutableArray<TypedConstant> arguments)
    {
        var type = assembly.GetTypes().FirstOrDefault(t => t.Name == "Failure");
        var log = assembly.GetTypes().FirstOrDefault(t => t.Name == "LogText");
        if (arguments is not [{ Value: string command }, { Value: int exitCode }, { Value: string text }] || type is null || log is null)
        {
            Add(sample, PolicyDiagnostics.CannotRun, "a sample is a command, an exit status and a log, for the records 'Failure' and 'LogText'");
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

    private void Add(AttributeData sample, DiagnosticDescriptor descriptor, string message) =>
        found.Add(new Diagnostic(descriptor, SourceLocations.Of(sample), message));
}
