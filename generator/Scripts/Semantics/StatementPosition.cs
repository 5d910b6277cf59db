using System.Collections.Immutable;
using VmRecovery.Bash.Syntax;

namespace VmRecovery.Scripts.Semantics;

/// <summary>A statement in the list of statements that run one after another.</summary>
/// <param name="Siblings">The statements of the list.</param>
/// <param name="Index">Index of the statement.</param>
internal readonly record struct StatementPosition(ImmutableArray<Statement> Siblings, int Index)
{
    /// <summary>The statement.</summary>
    public Statement Current => Siblings[Index];

    /// <summary>The statement before it; null for the first.</summary>
    public Statement? Previous => Index > 0 ? Siblings[Index - 1] : null;

    /// <summary>The statement after it; null for the last.</summary>
    public Statement? Next => Index + 1 < Siblings.Length ? Siblings[Index + 1] : null;
}
