using VmRecovery.Host.Policy;
using System.Text.Json.Serialization;

namespace VmRecovery.Cli.Explain;

/// <summary>A line of <c>explain --batch</c> in: unknown keys are ignored, so that a corpus can be piped in as it is.</summary>
internal sealed record BatchLine(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("command")] string? Command,
    [property: JsonPropertyName("exit_code")] int? ExitCode,
    [property: JsonPropertyName("stderr")] string? Stderr,
    [property: JsonPropertyName("attempt")] int? Attempt,
    [property: JsonPropertyName("script")] string? Script);

/// <summary>A decision as JSON.</summary>
internal sealed record DecisionJson(
    [property: JsonPropertyName("id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id,
    [property: JsonPropertyName("class")] string Class,
    [property: JsonPropertyName("cause"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Cause,
    [property: JsonPropertyName("words")] string Words,
    [property: JsonPropertyName("advice")] string Advice,
    [property: JsonPropertyName("evidence")] EvidenceJson? Evidence,
    [property: JsonPropertyName("options")] IReadOnlyList<string> Options)
{
    /// <summary>The JSON form of a decision.</summary>
    public static DecisionJson From(Decision decision, string? id = null) => new(
        id,
        Vocabulary.Id(decision.Class),
        decision.Reason.Cause.Length > 0 ? decision.Reason.Cause : null,
        decision.Reason.Words,
        decision.Reason.Advice,
        decision.Evidence is [var evidence, ..] ? new EvidenceJson(evidence.Line, evidence.Text) : null,
        [.. decision.Options.Select(option => option.Id)]);
}

/// <summary>The line of the log that decided.</summary>
internal sealed record EvidenceJson(
    [property: JsonPropertyName("line")] int Line,
    [property: JsonPropertyName("text")] string Text);

/// <summary>Source-generated JSON: reflection would cost a third of a start.</summary>
[JsonSerializable(typeof(BatchLine))]
[JsonSerializable(typeof(DecisionJson))]
internal sealed partial class ExplainJsonContext : JsonSerializerContext;
