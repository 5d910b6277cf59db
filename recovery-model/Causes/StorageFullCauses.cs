using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a full storage or file system.</summary>
public static class StorageFullCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("thin-pool", "pvesm alloc local-lvm 100 vm-100-disk-0 8G", 5,
        "  Cannot create new thin volume, free space in thin pool pve/data reached threshold.",
        "Thin pool pve/data is full.")]
    [Tells("volume-group", "lvcreate -n a -L 512M vg", 5,
        "  Volume group \"vg\" has insufficient free space (124 extents): 128 required.",
        "Volume group vg is full: 128 extents needed, 124 free.")]
    [Tells("zfs-pool", "qm create 100 --scsi1 tank:4500", 255,
        "zfs error: cannot create 'tank/vm-100-disk-0': out of space",
        "ZFS pool tank has no room for the disk.")]
    [Tells("quota", "cp a b", 1, "cp: error writing 'b': Disk quota exceeded", "A quota of the storage is used up.")]
    [Tells("storage", "qm importdisk 100 a.qcow2 local --format raw", 1,
        "qemu-img: error while writing at byte 4096: No space left on device",
        "Storage local is full.")]
    [Tells("tmp", "tar -C /tmp/x -xf a.tar", 2,
        "tar: /tmp/x/disk.img: Cannot write: No space left on device",
        "The file system of /tmp is full.")]
    [Tells("file-system", "gunzip -f disk.img.gz", 1,
        "gzip: disk.img: No space left on device",
        "The file system of disk.img is full.")]
    [Tells("download-disk", "curl -fSL -o a.img https://example.org/a.img", 23,
        "Warning: Failure writing output to destination\nNo space left on device",
        "The file system that the download goes to is full.")]
    [Tells("too-little", "exit 214", 214, "", "The script found too little free space.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("thin-pool", @"pool ([A-Za-z0-9+_./-]+) (?:reached|is above) threshold",
            "Thin pool {1} is full.",
            "See its use with: lvs {1}. Remove disks that nothing needs, or choose another storage."),
        new("thin-pool", @"[Tt]hin pool [^\n]*exhausted|lacks [^\n]*metadata space",
            "An LVM thin pool is full.",
            "See its use with: lvs -a. Remove disks that nothing needs, or choose another storage."),
        new("volume-group", @"[Vv]olume group \""([A-Za-z0-9+_.-]+)\"" has insufficient free space \(([0-9]+) extents\): ([0-9]+) required",
            "Volume group {1} is full: {3} extents needed, {2} free.",
            "See its use with: vgs {1}. Choose another storage or a smaller disk."),
        new("volume-group", @"extents for logical volume ([A-Za-z0-9+_.-]+): ([0-9]+) more",
            "The volume group has no room for {1}: {2} extents too few.",
            "See its use with: vgs. Choose another storage or a smaller disk."),
        new("volume-group", @"not enough free space \(([0-9]+) < ([0-9]+)\)",
            "The volume group is full: {2} KiB needed, {1} KiB free."),
        new("zfs-pool", @"cannot create '([A-Za-z0-9_.:-]+)/[^'\n]*': out of space",
            "ZFS pool {1} has no room for the disk.",
            "See its use with: zfs list -o space {1}. Without 'Thin provision' a disk takes its full size at once."),
        new("quota", @"[Qq]uota exceeded",
            "A quota of the storage is used up.",
            "Raise the quota, or choose another storage. On ZFS: zfs get quota,refquota"),
        new("storage", @"^qm (?:disk )?import(?:disk)? [0-9]+ [^ \n]+ ([A-Za-z0-9._-]+)(?: -[^\n]*)?\n",
            "Storage {1} is full.",
            "See its use with: pvesm status --storage {1}. Choose another storage or a smaller disk."),
        new("storage", @"^pvesm alloc ([A-Za-z0-9._-]+) ", "Storage {1} is full."),
        new("tmp", @"[ '\n]/tmp/[^\n]*[Nn]o space left",
            "The file system of /tmp is full.", "See with: df -h /tmp. Delete files there that nothing needs."),
        new("file-system", @"(?:gzip|xz|unxz|zstd|bunzip2): ([^:\n]+): No space left",
            "The file system of {1} is full."),
        new("file-system", @"writing '([^'\n]+)': No space left", "The file system of {1} is full."),
        new("file-system", @"qemu-img: ([^ :\n]+): [^\n]*No space left", "The file system of {1} is full."),
        new("download-disk", @"^(?:curl|wget) ", "The file system that the download goes to is full."),
        new("too-little", @"^exit (?:114|214)\n", "The script found too little free space."),
        new("file-system", @"[Nn]o space left on device|ENOSPC", "A file system is full."),
    ];
}
