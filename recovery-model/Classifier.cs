using System;
using System.Collections.Immutable;
using System.Linq;
using VmRecovery.Model.Causes;
using VmRecovery.Model.Detectors;

namespace VmRecovery.Model;

/// <summary>Everything that a class of failures needs.</summary>
/// <param name="Class">The class.</param>
/// <param name="Claims">Whether a failure is of that class.</param>
/// <param name="Causes">Its causes, the most telling first.</param>
/// <param name="Category">The name that ProxmoxVE's telemetry has for it (misc/api.func, categorize_error).</param>
public sealed record Detector(
    ErrorClass Class, Func<Failure, bool> Claims, ImmutableArray<Cause> Causes, string Category);

/// <summary>Which class a failure gets: the first, in the order of <see cref="ErrorClass"/>, whose detector claims it.</summary>
public static class Classifier
{
    /// <summary>Every class, in the order in which they win. This list is all that a new class has to be added to.</summary>
    public static readonly ImmutableArray<Detector> Detectors =
    [
        new(ErrorClass.UserAbort, UserAbort.IsUserAbort, UserAbortCauses.All, "user_aborted"),
        new(ErrorClass.OutOfMemory, OutOfMemory.IsOutOfMemory, OutOfMemoryCauses.All, "resource"),
        new(ErrorClass.StorageFull, StorageFull.IsStorageFull, StorageFullCauses.All, "storage"),
        new(ErrorClass.LockTimeout, LockTimeout.IsLockTimeout, LockTimeoutCauses.All, "timeout"),
        new(ErrorClass.VmidConflict, VmidConflict.IsVmidConflict, VmidConflictCauses.All, "proxmox"),
        new(ErrorClass.StorageMissing, StorageMissing.IsStorageMissing, StorageMissingCauses.All, "storage"),
        new(ErrorClass.Permission, PermissionDenied.IsPermissionError, PermissionCauses.All, "permission"),
        new(ErrorClass.VmStart, VmStart.IsVmStartError, VmStartCauses.All, "proxmox"),
        new(ErrorClass.VirtCustomize, VirtCustomize.IsVirtCustomizeError, VirtCustomizeCauses.All, "dependency"),
        new(ErrorClass.DiskImport, DiskImport.IsDiskImportError, DiskImportCauses.All, "storage"),
        new(ErrorClass.Download, Download.IsDownloadError, DownloadCauses.All, "network"),
        new(ErrorClass.Network, Network.IsNetworkError, NetworkCauses.All, "network"),
        new(ErrorClass.Unknown, IsUnclaimed, UnclearCauses.All, "unknown"),
    ];

    /// <summary>The class of a failure; <see cref="ErrorClass.Unknown"/> without evidence for any other.</summary>
    public static ErrorClass Classify(Failure failure) => Detectors.First(detector => detector.Claims(failure)).Class;

    /// <summary>The last class takes what no other claims.</summary>
    private static bool IsUnclaimed(Failure failure) => true;
}
