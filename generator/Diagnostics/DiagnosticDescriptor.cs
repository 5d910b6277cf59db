namespace VmRecovery.Diagnostics;

/// <summary>The description of one kind of diagnostic: one row of the table that feeds messages, <c>explain</c> and the documentation.</summary>
public sealed record DiagnosticDescriptor
{
    /// <summary>Identifier that users quote, such as <c>VMP101</c>; never reused for something else.</summary>
    public required string Id { get; init; }

    /// <summary>Name in lower-case words and hyphens, such as <c>forbidden-type</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Group of related descriptors: the heading under which the documentation lists this one.</summary>
    public required string Category { get; init; }

    /// <summary>Severity unless a diagnostic says otherwise.</summary>
    public Severity Severity { get; init; } = Severity.Error;

    /// <summary>One line: what is wrong, without a final stop.</summary>
    public required string Summary { get; init; }

    /// <summary>Sentences that say why this matters; empty when the summary says all.</summary>
    public string Rationale { get; init; } = "";

    /// <summary>One line: what to change, without a final stop.</summary>
    public required string Help { get; init; }

    /// <summary>Example that is reported; null when none is worth showing.</summary>
    public string? BadExample { get; init; }

    /// <summary>The same example, corrected.</summary>
    public string? GoodExample { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Id;
}
