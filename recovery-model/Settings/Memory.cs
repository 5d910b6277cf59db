namespace VmRecovery.Model.Settings;

/// <summary>Memory of a VM, in MiB, and of the helper machine of libguestfs.</summary>
internal sealed record Memory
{
    /// <summary>Less than this no VM gets, in MiB.</summary>
    internal const int Floor = 256;

    /// <summary>What libguestfs gives its helper machine, in MiB (guestfs(3), LIBGUESTFS_MEMSIZE).</summary>
    internal const int ImageToolsDefault = 1280;

    /// <summary>Whether less is possible.</summary>
    internal static bool CanBeLess(int memory) => memory > Floor;

    /// <summary>Half of it, and not below the floor.</summary>
    internal static int Less(int memory) => memory / 2 > Floor ? memory / 2 : Floor;

    /// <summary>Twice as much for the image tools.</summary>
    internal static int MoreForImageTools(int memory) => memory * 2;
}
