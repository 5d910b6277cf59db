namespace VmRecovery.Scripts.Semantics;

/// <summary>The effect of a command on the VMs and volumes of a node.</summary>
internal enum NodeVerb
{
    /// <summary>Makes a VM: <c>qm create</c>, <c>qm clone</c>, <c>qmrestore</c>, <c>pvesh create …/qemu</c>.</summary>
    Create,

    /// <summary>Makes a volume: <c>pvesm alloc</c>.</summary>
    Allocate,

    /// <summary>Copies a disk image into a volume: <c>qm importdisk</c>, <c>qm disk import</c>.</summary>
    Import,

    /// <summary>Changes a VM's configuration: <c>qm set</c>.</summary>
    Configure,

    /// <summary>Makes a disk larger: <c>qm resize</c>.</summary>
    Resize,

    /// <summary>Starts a VM.</summary>
    Start,

    /// <summary>Ends a VM's run: stop, shutdown, reset.</summary>
    Stop,

    /// <summary>Removes a VM: <c>qm destroy</c>.</summary>
    Destroy,

    /// <summary>Removes a volume: <c>pvesm free</c>.</summary>
    Free,

    /// <summary>Types into a guest: <c>qm sendkey</c>.</summary>
    Type,

    /// <summary>Only looks: status, config, list.</summary>
    Query,

    /// <summary>Another change: template, snapshot, migrate, unlock.</summary>
    Other,
}
