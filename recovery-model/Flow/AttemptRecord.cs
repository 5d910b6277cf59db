using System;
using System.Collections.Immutable;
using VmRecovery.Model.Commands;

namespace VmRecovery.Model.Flow;

/// <summary>A call that failed.</summary>
/// <param name="Status">Its status, never 0.</param>
/// <param name="Line">Its words as the log has them.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Verb">Its name.</param>
internal sealed record FailedCall(int Status, string Line, CommandKind Kind, string Verb);

/// <summary>What an attempt has been through: which failure counts, and whether the script went on as if it had not been.</summary>
/// <param name="StopsAtErrors">Whether the script itself ends at an error (<c>set -e</c>), as far as can be seen.</param>
/// <param name="Failed">The last failure that still counts.</param>
/// <param name="Swallowed">A failure after which nothing more may be made; null when there is none.</param>
/// <param name="PassedOver">What failed and did not end the script, in order.</param>
/// <param name="KeysSent">Whether it typed into a guest.</param>
/// <param name="Refusals">How many calls were refused since <paramref name="Swallowed"/>.</param>
internal sealed record AttemptRecord(
    bool StopsAtErrors,
    FailedCall? Failed,
    FailedCall? Swallowed,
    ImmutableArray<string> PassedOver,
    bool KeysSent,
    int Refusals)
{
    /// <summary>The status that nothing to ask about leaves.</summary>
    private const int Success = 0;

    /// <summary>A new attempt.</summary>
    internal static AttemptRecord Begin(bool stopsAtErrors) => new(stopsAtErrors, null, null, [], false, 0);

    /// <summary>Whether this call may not run, because a failure before it was passed over.</summary>
    internal bool Refuses(CommandCall call) =>
        Swallowed is { } swallowed
        && call.Kind is CommandKind.Makes or CommandKind.Changes
        && !IsAnotherTry(swallowed, call.Verb, string.Join(' ', call.Words));

    /// <summary>Whether the script minds no refusal: then it is ended.</summary>
    internal bool IsToBeEnded => Refusals > 1;

    /// <summary>After a call was refused.</summary>
    internal AttemptRecord Refused() => this with { Refusals = Refusals + 1 };

    /// <summary>After a call.</summary>
    /// <param name="result">How it ended.</param>
    /// <param name="line">Its words for the log.</param>
    internal AttemptRecord After(CommandResult result, string line)
    {
        var call = result.Call;
        var record = call.TypesKeys ? this with { KeysSent = true } : this;
        if (call.Kind is CommandKind.Query or CommandKind.Removes)
            return record;
        if (!result.Failed)
            return record.AfterSuccess(call, line);
        var failed = new FailedCall(result.StatusForCaller is Success ? 1 : result.StatusForCaller, line, call.Kind, call.Verb);
        return record with
        {
            Failed = failed,
            PassedOver = call.Kind is CommandKind.Check ? PassedOver : PassedOver.Add(line),
            Swallowed = EndsTheAttempt(call) ? failed : Swallowed,
        };
    }

    /// <summary>The status of the attempt: 0 only when it succeeded.</summary>
    /// <param name="status">The script's exit status.</param>
    internal int StatusOf(int status) => status is Success && Swallowed is { } swallowed ? swallowed.Status : status;

    /// <summary>
    /// What failed, and with what status: the last call that did and that the script did not mend, else how the script
    /// ended. A dialog that was answered with No, and then something else, is no failure.
    /// </summary>
    /// <param name="status">The attempt's status.</param>
    internal (string Command, int Status) Failure(int status) =>
        Failed is { } failed && (failed.Verb is not "whiptail" || failed.Status == status)
            ? (failed.Line, failed.Status)
            : ("exit " + status.ToString(System.Globalization.CultureInfo.InvariantCulture), status);

    private AttemptRecord AfterSuccess(CommandCall call, string line)
    {
        if (Failed is not { } failed)
            return this;
        // The script went on without. What its error handler reports or asks mends nothing.
        var wentOn = failed.Kind is not CommandKind.Makes && call.Kind is CommandKind.Makes or CommandKind.Changes;
        return this with
        {
            Failed = wentOn || IsAnotherTry(failed, call.Verb, line) ? null : failed,
            Swallowed = Swallowed is { } swallowed && IsAnotherTry(swallowed, call.Verb, line) ? null : Swallowed,
        };
    }

    /// <summary>
    /// Whether nothing more may be made after this failure. Where the script ends at errors, a change that failed and was
    /// passed over was meant to be; where it does not, nobody looked.
    /// </summary>
    private bool EndsTheAttempt(CommandCall call) =>
        call.Kind is CommandKind.Makes
        || !StopsAtErrors && call.Kind is CommandKind.Changes
        && (call.IsNodeCommand || call.Program is "virt-customize" or "virt-resize" or "qemu-img");

    /// <summary>Making it may be tried in another spelling; a change is mended by the same change only.</summary>
    private static bool IsAnotherTry(FailedCall failed, string verb, string line) =>
        failed.Kind is CommandKind.Makes ? verb == failed.Verb : string.Equals(line, failed.Line, StringComparison.Ordinal);
}
