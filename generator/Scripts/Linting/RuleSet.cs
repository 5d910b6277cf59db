using System.Collections.Frozen;
using System.Collections.Immutable;
using VmRecovery.Diagnostics;
using VmRecovery.Scripts.Linting.Rules;

namespace VmRecovery.Scripts.Linting;

/// <summary>The rules of the linter.</summary>
internal static class RuleSet
{
    /// <summary>All rules in the order of their ids.</summary>
    public static readonly ImmutableArray<LintRule> All =
    [
        new Vmr001StatusCapturedLate(),
        new Vmr002DeclarationMasksStatus(),
        new Vmr003ErrTrapNotInherited(),
        new Vmr004ErrtraceWithoutSubshellGuard(),
        new Vmr005HandlerNotDisarmed(),
        new Vmr006FallibleCommandInHandler(),
        new Vmr007HandlerWithoutExit(),
        new Vmr008WorkerCalledInCondition(),
        new Vmr009StatusReadUnreachable(),
        new Vmr010NoPipefail(),
        new Vmr011HiddenProducerStatus(),
        new Vmr012IncrementUnderErrexit(),
        new Vmr013BareExitAfterError(),
        new Vmr014SwallowThenParse(),
        new Vmr016TextInArithmetic(),
        new Vmr017BlindOptionRestore(),
        new Vmr020StderrDiscarded(),
        new Vmr021RedirectBothTypo(),
        new Vmr022NoRunLog(),
        new Vmr030DestroyUnowned(),
        new Vmr031IdAssignedBeforeCheck(),
        new Vmr032SideEffectAtLoad(),
        new Vmr033IdCheckFarFromUse(),
        new Vmr035ExitLeavesVm(),
        new Vmr036OnbootBeforeComplete(),
        new Vmr040UnquotedPathOrId(),
        new Vmr042PredictableTmp(),
        new Vmr043TrapBeforeResource(),
        new Vmr050DownloadUnverified(),
        new Vmr051DownloadNotResilient(),
        new Vmr052DownloadIntoCacheName(),
        new Vmr053PlaintextDownload(),
        new Vmr054RemoteCodeUnprobed(),
        new Vmr055EvalOfRemoteText(),
        new Vmr060GuessedVolumeName(),
        new Vmr061WrongPvesmColumn(),
        new Vmr062StorageTypeIncomplete(),
        new Vmr064UnitInArithmetic(),
        new Vmr070DialogCancelIsError(),
        new Vmr080SignalTrapWithoutExit(),
        new Vmr081TrapOwnerConflict(),
        new Vmr090SuccessByDefault(),
        new Vmr092MissingSuccessReport(),
        new Vmr093FailureContextNotExported(),
        new Vmr100SecretInArgv(),
        new Vmr101SecretFileUnsafe(),
        new Vmr110ByteOrderMark(),
        new Vmr120GeneratedRegionEdited(),
    ];

    /// <summary>The descriptors of all rules and of the linter's own findings, in the order of their ids.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> Descriptors =
    [
        .. All.Select(r => r.Descriptor).Concat(MetaRules.All).OrderBy(d => d.Id, StringComparer.Ordinal),
    ];

    private static readonly FrozenDictionary<string, DiagnosticDescriptor> ById = Descriptors.ToFrozenDictionary(
        d => d.Id,
        StringComparer.Ordinal
    );

    private static readonly FrozenDictionary<string, int> ShellCheckCodes = All.Where(r => r.ShellCheckCode is not null)
        .ToFrozenDictionary(r => r.Descriptor.Id, r => r.ShellCheckCode!.Value, StringComparer.Ordinal);

    /// <summary>The ShellCheck code that says the same as a rule; null when there is none.</summary>
    public static int? ShellCheckCodeOf(string id) => ShellCheckCodes.TryGetValue(id, out var code) ? code : null;

    /// <summary>Finds a descriptor; null when there is none with this id.</summary>
    public static DiagnosticDescriptor? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>Whether an id names a rule of ours or has the form of a ShellCheck code.</summary>
    public static bool IsKnown(string id) => ById.ContainsKey(id) || IsShellCheckCode(id);

    /// <summary>Whether an id has the form of a ShellCheck code.</summary>
    public static bool IsShellCheckCode(string id) =>
        id.Length == 6
        && id.StartsWith("SC", StringComparison.Ordinal)
        && id.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
}
