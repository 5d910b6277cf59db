using System.Collections.Immutable;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting.Suppressions;
using VmRecovery.Scripts.Semantics;

namespace VmRecovery.Scripts.Linting;

/// <summary>Runs rules over scripts. One linter serves any number of scripts, in parallel.</summary>
/// <param name="rules">The rules.</param>
internal sealed class Linter(ImmutableArray<LintRule> rules)
{
    private readonly RuleHooks hooks = RuleHooks.Of(rules);

    /// <summary>The linter with all rules.</summary>
    public static readonly Linter Default = new(RuleSet.All);

    /// <summary>Reads a script and applies the rules to it.</summary>
    public LintedScript Lint(SourceFile file, LintSettings? settings = null) => Lint(VmScript.Read(file), settings);

    /// <summary>Applies the rules to a script.</summary>
    public LintedScript Lint(VmScript script, LintSettings? settings = null)
    {
        settings ??= LintSettings.Default;
        var found = new List<Diagnostic>();
        foreach (var problem in script.Tree.Problems)
        {
            found.Add(
                new Diagnostic(MetaRules.SyntaxError, Location.Of(script.File, problem.Span), problem.Message)
                {
                    Help = problem.Hint,
                }
            );
        }
        Dispatch(script, settings, found);
        return new LintedScript(
            script.File,
            [.. found.Distinct()],
            SuppressionReader.Read(script),
            [.. script.Statements.Select(s => s.Span)]
        );
    }

    private void Dispatch(VmScript script, LintSettings settings, List<Diagnostic> found)
    {
        var contexts = Contexts(script, settings, found);
        RuleContext? ContextOf(LintRule rule) => contexts.GetValueOrDefault(rule);

        if (hooks.WantsNodes)
            new RuleWalker(hooks, ContextOf).Walk(script.Tree.Root);
        foreach (var command in script.Commands)
        {
            Call(hooks.AllCommands, command, contexts);
            if (command.Program is { } program && hooks.ForProgram(program) is { } interested)
                Call(interested, command, contexts);
        }
        foreach (var assignment in script.Assignments)
            Call(hooks.Assignments, assignment, contexts);
        foreach (var trap in script.Traps)
            Call(hooks.Traps, trap, contexts);
        foreach (var call in script.Calls)
            Call(hooks.Calls, call, contexts);
        foreach (var function in script.Functions.Values.OrderBy(f => f.Definition.Span.Start))
            Call(hooks.Functions, function, contexts);
        Call(hooks.Scripts, script, contexts);
    }

    private Dictionary<LintRule, RuleContext> Contexts(VmScript script, LintSettings settings, List<Diagnostic> found)
    {
        var contexts = new Dictionary<LintRule, RuleContext>();
        var isVm = script.WorksOnVms;
        var isPatched = GeneratedRegions.AreIn(script);
        foreach (var rule in rules)
        {
            if (
                settings.IsOn(rule.Descriptor.Id)
                && (isVm || rule.Scope != RuleScope.Vm)
                && !(isPatched && rule.IsAnsweredByRecovery)
            )
                contexts.Add(rule, new RuleContext(script, rule, found.Add));
        }
        return contexts;
    }

    private static void Call<T>(List<RuleHooks.Hook<T>> interested, T fact, Dictionary<LintRule, RuleContext> contexts)
    {
        foreach (var hook in interested)
        {
            if (contexts.TryGetValue(hook.Rule, out var context))
                hook.Action(fact, context);
        }
    }
}
