using System;
using System.Collections.Immutable;
using VmRecovery.Model.Detectors;

namespace VmRecovery.Model;

/// <summary>A class and the predicate that claims failures for it.</summary>
/// <param name="Class">The class.</param>
/// <param name="Claims">Whether a failure is of that class.</param>
public sealed record Detector(ErrorClass Class, Func<Failure, bool> Claims);

/// <summary>Which class a failure gets: the first, in the order of <see cref="ErrorClass"/>, whose detector claims it.</summary>
public static class Classifier
{
    /// <summary>Every detector, in the order in which they win.</summary>
    public static readonly ImmutableArray<Detector> Detectors =
    [
        new(ErrorClass.UserAbort, UserAbort.IsUserAbort),
        new(ErrorClass.OutOfMemory, OutOfMemory.IsOutOfMemory),
        new(ErrorClass.StorageFull, StorageFull.IsStorageFull),
        new(ErrorClass.LockTimeout, LockTimeout.IsLockTimeout),
        new(ErrorClass.VmidConflict, VmidConflict.IsVmidConflict),
        new(ErrorClass.StorageMissing, StorageMissing.IsStorageMissing),
        new(ErrorClass.Permission, PermissionDenied.IsPermissionError),
        new(ErrorClass.VmStart, VmStart.IsVmStartError),
        new(ErrorClass.VirtCustomize, VirtCustomize.IsVirtCustomizeError),
        new(ErrorClass.DiskImport, DiskImport.IsDiskImportError),
        new(ErrorClass.Download, Download.IsDownloadError),
        new(ErrorClass.Network, Network.IsNetworkError),
    ];

    /// <summary>The class of a failure; <see cref="ErrorClass.Unknown"/> without evidence for any other.</summary>
    public static ErrorClass Classify(Failure failure)
    {
        foreach (var detector in Detectors)
            if (detector.Claims(failure))
                return detector.Class;
        return ErrorClass.Unknown;
    }
}
