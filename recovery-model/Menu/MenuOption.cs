namespace VmRecovery.Model;

/// <summary>
/// What a user can choose after a failure (contract, section 5). The order is the order in the menu. An item and its id have
/// at most 53 characters: whiptail cuts off more in a terminal of 60 columns.
/// </summary>
public enum MenuOption
{
    /// <summary>Clean up and run the creation again.</summary>
    [Id("retry", "Try again with the same settings")]
    Retry,

    /// <summary>Drop the cached image and fetch it again.</summary>
    [Id("retry-clean-cache", "Delete the image, download it again")]
    RetryCleanCache,

    /// <summary>Customize the guest at its first boot in place of before.</summary>
    [Id("first-boot", "Install software at the first boot")]
    FirstBoot,

    /// <summary>Use another storage.</summary>
    [Id("other-storage", "Choose another storage and try again")]
    OtherStorage,

    /// <summary>Make the disk smaller.</summary>
    [Id("shrink-disk", "Make the disk smaller and try again")]
    ShrinkDisk,

    /// <summary>Use another VM ID.</summary>
    [Id("other-vmid", "Use another VM ID and try again")]
    OtherVmid,

    /// <summary>Destroy the VM that has the ID, after its name was shown and confirmed.</summary>
    [Id("destroy-existing", "Show that VM, then ask to destroy it")]
    DestroyExisting,

    /// <summary>Free the volume that has the number, after it was shown and confirmed.</summary>
    [Id("free-volume", "Show that disk, then ask to free it")]
    FreeVolume,

    /// <summary>Give the VM less memory.</summary>
    [Id("less-memory", "Give the VM less memory and try again")]
    LessMemory,

    /// <summary>Give the helper machine of libguestfs more memory.</summary>
    [Id("more-memory", "Give the image tools more memory")]
    MoreMemory,

    /// <summary>Change memory, cores and disk size, then run the creation again.</summary>
    [Id("retry-settings", "Change memory, cores or disk size")]
    RetrySettings,

    /// <summary>Show the log and come back.</summary>
    [Id("view-log", "Show the whole log, then this menu")]
    ViewLog,

    /// <summary>Leave the VM as it is and say how to reach, inspect and remove it.</summary>
    [Id("keep", "Keep the VM and look into it by hand")]
    Keep,

    /// <summary>Remove what this run made and exit.</summary>
    [Id("abort", "Remove what this run made and exit")]
    Abort,
}
