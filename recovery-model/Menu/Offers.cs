namespace VmRecovery.Model.Menu;

/// <summary>When each option is offered (contract, section 5).</summary>
public static class Offers
{
    /// <summary>While retries are left.</summary>
    public static bool Retry(Situation situation) => situation.CanRetry;

    /// <summary>What was downloaded may be what is broken.</summary>
    public static bool RetryCleanCache(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.Download;

    /// <summary>The script knows how to finish inside the guest, whatever it was that the image tool lacked.</summary>
    public static bool FirstBoot(Situation situation) =>
        situation.CanRetry
        && situation.FirstBoot
        && (situation.Class is ErrorClass.VirtCustomize || RunsItsOwnVm(situation.Failure));

    /// <summary>The chosen storage is the problem.</summary>
    public static bool OtherStorage(Situation situation) =>
        situation.CanRetry
        && situation.Class is ErrorClass.DiskImport or ErrorClass.StorageFull or ErrorClass.StorageMissing;

    /// <summary>A smaller disk may fit.</summary>
    public static bool ShrinkDisk(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.StorageFull;

    /// <summary>The ID is taken; another one is not.</summary>
    public static bool OtherVmid(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.VmidConflict;

    /// <summary>The user may know that the VM with this ID is not needed any more.</summary>
    public static bool DestroyExisting(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.VmidConflict;

    /// <summary>The node could not give the VM its memory.</summary>
    public static bool LessMemory(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.OutOfMemory && !RunsItsOwnVm(situation.Failure);

    /// <summary>The helper machine of libguestfs was too small.</summary>
    public static bool MoreMemory(Situation situation) =>
        situation.CanRetry && situation.Class is ErrorClass.OutOfMemory && RunsItsOwnVm(situation.Failure);

    /// <summary>While retries are left.</summary>
    public static bool RetrySettings(Situation situation) => situation.CanRetry;

    /// <summary>Always: looking by hand must be possible.</summary>
    public static bool Keep(Situation situation) => true;

    /// <summary>Always: leaving must be possible.</summary>
    public static bool Abort(Situation situation) => true;

    /// <summary>The tool runs a small VM of its own (LIBGUESTFS_MEMSIZE, guestfs(3)).</summary>
    private static bool RunsItsOwnVm(Failure failure) =>
        failure.Program is "virt-customize" or "virt-resize" or "virt-builder" or "guestfish";
}
