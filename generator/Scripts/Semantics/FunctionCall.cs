namespace VmRecovery.Scripts.Semantics;

/// <summary>A call of a function of the script.</summary>
/// <param name="Function">The function that is called.</param>
/// <param name="Command">The command that calls it.</param>
internal sealed record FunctionCall(ScriptFunction Function, ScriptCommand Command)
{
    /// <summary>The function from which it is called; null at the top level.</summary>
    public ScriptFunction? Caller => Command.Function;

    /// <summary>Whether the call stands in a condition: errexit and the ERR trap rest in all of the function.</summary>
    public bool IsInCondition => Command.IsTested;
}
