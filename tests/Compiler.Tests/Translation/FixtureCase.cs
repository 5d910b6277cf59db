namespace VmRecovery.Tests.Translation;

/// <summary>One call of a method of a policy, or one look into a table: what it is given in both worlds.</summary>
/// <param name="Function">The bash function.</param>
/// <param name="Native">Answers in C#.</param>
/// <param name="Kind">What kind of result it has.</param>
/// <param name="Shared">The values of the shared shell variables.</param>
/// <param name="Answers">What the node answers.</param>
/// <param name="Words">The arguments in bash.</param>
internal sealed record FixtureCase(
    string Function, Func<string> Native, ResultKind Kind, PolicyCase Shared, ulong Answers, IReadOnlyList<string> Words)
{
    /// <summary>The bash function and its arguments, for a failed assertion.</summary>
    public override string ToString() => $"{Function} [{string.Join("] [", Words)}] answers {Answers} {Shared}";
}

/// <summary>How a result is brought back.</summary>
internal enum ResultKind
{
    Bool,
    Void,
    Reply,
    Table,
}
