namespace VmRecovery.Model.Telemetry;

/// <summary>What ProxmoxVE's telemetry calls the cause of a failure (misc/api.func, categorize_error).</summary>
public static class ErrorCategory
{
    /// <summary>The category that is reported in place of the one that an exit code alone suggests.</summary>
    [BashFunction("_vm_error_category")]
    public static string Of(Situation situation) => situation.Class switch
    {
        ErrorClass.UserAbort => "user_aborted",
        ErrorClass.OutOfMemory => "resource",
        ErrorClass.StorageFull or ErrorClass.StorageMissing or ErrorClass.DiskImport => "storage",
        ErrorClass.LockTimeout => "timeout",
        ErrorClass.Permission => "permission",
        ErrorClass.VmidConflict or ErrorClass.VmStart => "proxmox",
        ErrorClass.VirtCustomize => "dependency",
        ErrorClass.Download or ErrorClass.Network => "network",
        _ => "unknown",
    };
}
