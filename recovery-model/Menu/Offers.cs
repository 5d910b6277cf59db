namespace VmRecovery.Model.Menu;

/// <summary>When each option is offered (contract, section 5).</summary>
public static class Offers
{
    /// <summary>While retries are left.</summary>
    public static bool Retry(Situation situation) => situation.CanRetry;

    /// <summary>What was downloaded may be what is broken.</summary>
    public static bool RetryCleanCache(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.Download && situation.Facts.HasDownload;

    /// <summary>The script knows how to finish inside the guest, whatever it was that the image tool lacked.</summary>
    public static bool FirstBoot(Situation situation) =>
        situation.CanRetry
        && situation.FirstBoot
        && (situation.Class is ErrorClass.VirtCustomize || RunsItsOwnVm(situation.Failure));

    /// <summary>The chosen storage is the problem, and there may be another.</summary>
    public static bool OtherStorage(Situation situation) =>
        situation.CanRetry
        && situation.Facts.OtherStorages != 0
        && situation.Class is ErrorClass.DiskImport or ErrorClass.StorageFull or ErrorClass.StorageMissing;

    /// <summary>A smaller disk may fit.</summary>
    public static bool ShrinkDisk(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.StorageFull && situation.Facts.DiskSize > 1;

    /// <summary>The ID is taken; another one is not.</summary>
    public static bool OtherVmid(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.VmidConflict;

    /// <summary>The user may know that the VM with this ID is not needed any more.</summary>
    public static bool DestroyExisting(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.VmidConflict && situation.Facts.IdIsTaken;

    /// <summary>A disk that an earlier VM left has the number.</summary>
    public static bool FreeVolume(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.VmidConflict && situation.Facts.StrayVolume != "";

    /// <summary>The node could not give the VM its memory.</summary>
    public static bool LessMemory(Situation situation) =>
        situation.CanRetry
        && situation.Class is ErrorClass.OutOfMemory
        && situation.Facts.Memory > 256
        && !RunsItsOwnVm(situation.Failure);

    /// <summary>The helper machine of libguestfs was too small.</summary>
    public static bool MoreMemory(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.OutOfMemory && RunsItsOwnVm(situation.Failure);

    /// <summary>Memory, cores or the size of the disk could be the reason.</summary>
    public static bool RetrySettings(Situation situation) =>
        situation.CanRetry
        && situation.Class is ErrorClass.OutOfMemory or ErrorClass.StorageFull or ErrorClass.VmStart
            or ErrorClass.DiskImport or ErrorClass.UserAbort or ErrorClass.Unknown;

    /// <summary>Somebody is there to read it.</summary>
    public static bool ViewLog(Situation situation) => situation.CanRetry && situation.Facts.AtTerminal;

    /// <summary>Always: looking by hand must be possible.</summary>
    public static bool Keep(Situation situation) => true;

    /// <summary>Always: leaving must be possible.</summary>
    public static bool Abort(Situation situation) => true;

    /// <summary>The tool runs a small VM of its own (LIBGUESTFS_MEMSIZE, guestfs(3)).</summary>
    internal static bool RunsItsOwnVm(Failure failure) =>
        failure.Program is "virt-customize" or "virt-resize" or "virt-builder" or "guestfish";
}
