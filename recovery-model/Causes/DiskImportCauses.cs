using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a disk that could not be made, imported, attached or resized.</summary>
public static class DiskImportCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("read-error", "qm create 100 --scsi0 local:0,import-from=x", 255,
        "qemu-img: error while reading at byte 0: Input/output error\ncopy failed: command '/usr/bin/qemu-img' failed",
        "The image could not be read to its end: Input/output error")]
    [Tells("volume-name", "qm set 100 -scsi0 store:vm-100-disk-0", 255,
        "unable to parse directory volume name 'vm-100-disk-0'",
        "vm-100-disk-0 is no disk name that a storage of type directory takes.")]
    [Tells("no-image-file", "qm importdisk 100 a.qcow2 local", 255,
        "a.qcow2: non-existent or non-regular file",
        "The image file a.qcow2 does not exist.")]
    [Tells("bad-image", "qm importdisk 100 a.qcow2 local", 1,
        "qemu-img: Could not open 'a.qcow2': Image is not in qcow2 format",
        "a.qcow2 can't be opened as an image: Image is not in qcow2 format")]
    [Tells("no-volume", "qm set 100 --scsi0 nas:100/a.raw", 255,
        "volume 'nas:100/a.raw' does not exist",
        "There is no disk 100/a.raw on storage nas.")]
    [Tells("no-dataset", "qm set 100 --scsi0 z:vm-100-disk-7", 1,
        "zfs error: cannot open 'tank/vm-100-disk-7': dataset does not exist",
        "There is no ZFS dataset tank/vm-100-disk-7.")]
    [Tells("format", "qm create 233 --scsi0 lvm:10,format=qcow2", 255,
        "unable to create VM 233 - unsupported format 'qcow2'",
        "The storage does not take disks of format qcow2.")]
    [Tells("device-busy", "qm importdisk 9050 a.img lun", 5,
        "lvcreate 'vg/vm-9050-disk-0' error:   Failed to activate new LV vg/vm-9050-disk-0.",
        "LVM could not activate the disk's volume.")]
    [Tells("too-many-unused", "qm importdisk 100 a.img local", 255,
        "Too many unused volumes - please delete them first.",
        "The VM has too many unused disks.")]
    [Tells("cloud-init-twice", "qm set 100 --ide2 local:cloudinit", 255,
        "ide2 - cloud-init drive is already attached at 'ide0'",
        "The VM has a cloud-init drive already.")]
    [Tells("no-vm", "qm importdisk 100 a.img local", 2,
        "Configuration file 'nodes/pve/qemu-server/100.conf' does not exist",
        "VM 100 does not exist any more.")]
    [Tells("no-size", "qm set 102 --virtio0 e:vm-102-disk-0", 255,
        "volume_size_info on 'e:vm-102-disk-0' failed",
        "The size of e:vm-102-disk-0 could not be read.")]
    [Tells("no-device-link", "qm create 100 --scsi0 tank:4", 255,
        "timeout: no zvol device link for 'vm-100-disk-0' found after 300 sec.",
        "The device of the new disk vm-100-disk-0 did not appear.")]
    [Tells("ceph-image", "qm importdisk 100 a.img rbd", 255,
        "rbd: error opening image vm-100-disk-0: (2) No such file or directory",
        "Ceph image vm-100-disk-0 can't be opened.")]
    [Tells("too-large", "pvesm alloc lvm 100 vm-100-disk-0 99999999G", 5,
        "lvcreate 'vg/vm-100-disk-0' error:   Volume too large (99 PiB).",
        "The disk is too large for its storage.")]
    [Tells("no-drive", "qm resize 100 scsi9 8G", 255, "disk 'scsi9' does not exist", "The VM has no disk scsi9.")]
    [Tells("backing-file", "qm importdisk 100 a.qcow2 local", 255,
        "backing file not allowed for untrusted image 'a.qcow2'!",
        "The image refers to another file, which Proxmox does not allow.")]
    [Tells("qemu-img-message", "qemu-img convert a b", 1,
        "qemu-img: Unknown driver 'x'",
        "qemu-img says: Unknown driver 'x'")]
    [Tells("resize-failed", "qm resize 100 scsi0 8G", 255, "", "Disk scsi0 of VM 100 could not be resized.")]
    [Tells("alloc-failed", "pvesm alloc local-lvm 100 vm-100-disk-0 4M", 5,
        "",
        "Storage local-lvm could not make a disk for VM 100.")]
    [Tells("import-failed", "qm importdisk 100 a.qcow2 local", 255,
        "",
        "The image could not be imported to storage local for VM 100.")]
    [Tells("no-disk-made", "exit 226", 226, "", "The script says that it got no disk from the storage.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("read-error", @"error while reading at byte [0-9]+: ([^\n]+)",
            "The image could not be read to its end: {1}", "The source or its disk may be damaged: dmesg | tail"),
        new("volume-name", @"unable to parse ([a-z]+) volume (?:file)?name '([^'\n]+)'",
            "{2} is no disk name that a storage of type {1} takes.",
            "Choose a storage of the type that the script was written for."),
        new("volume-name", @"unable to parse volume (?:filename|ID) '([^'\n]+)'|illegal name '([^'\n]+)'|lvm name '([^'\n]+)'",
            "{1}{2}{3} is no disk name that this storage takes."),
        new("no-image-file", @"([^:\n]+): non-existent or non-regular file",
            "The image file {1} does not exist.",
            "The step before it, download or unpacking, may have failed: look at the log."),
        new("bad-image", @"qemu-img: Could not open '([^'\n]+)': ([^\n]+)",
            "{1} can't be opened as an image: {2}", "Download the image again."),
        new("no-volume", @"volume '?([A-Za-z0-9._-]+):([^ '\n]+)'? does not exist",
            "There is no disk {2} on storage {1}.", "See which there are: pvesm list {1}"),
        new("no-volume", @"no such logical volume ([A-Za-z0-9+_./-]+)",
            "There is no disk {1}.", "See which there are: lvs"),
        new("no-dataset", @"cannot open '([^'\n]+)': dataset does not exist",
            "There is no ZFS dataset {1}.", "See which there are: zfs list"),
        new("no-dataset", @"cannot create '([^'\n]+)': parent is not a filesystem",
            "The parent of {1} is no ZFS file system."),
        new("format", @"unsupported format '([a-z0-9]+)'",
            "The storage does not take disks of format {1}.", "Use format raw there, or choose a storage of files."),
        new("device-busy", @"activate new LV|activating LV ",
            "LVM could not activate the disk's volume.", "An old device may be in the way: dmsetup ls"),
        new("too-many-unused", @"Too many unused volumes",
            "The VM has too many unused disks.", "Remove them: VM > Hardware"),
        new("cloud-init-twice", @"cloud-init drive is already attached",
            "The VM has a cloud-init drive already.", "Remove one: VM > Hardware"),
        new("no-vm", @"Configuration file '[^'\n]*/([0-9]+)\.conf' does not exist",
            "VM {1} does not exist any more.", "See which there are: qm list"),
        new("no-size", @"(?:volume|file)_size_info on '([^'\n]+)' failed|file size of ([^\n]+)|size of volume '([^'\n]+)'",
            "The size of {1}{2}{3} could not be read.", "The storage may be damaged or locked: pvesm status"),
        new("ceph-image", @"error opening image ([A-Za-z0-9._-]+)",
            "Ceph image {1} can't be opened.", "See its state: ceph -s"),
        new("no-device-link", @"no zvol device link for '([^'\n]+)'",
            "The device of the new disk {1} did not appear.",
            "Try again. If it happens again: zpool status, udevadm settle"),
        new("too-large", @"Volume too large",
            "The disk is too large for its storage.", "Choose a smaller disk or another storage."),
        new("no-drive", @"disk '([^'\n]+)' (?:does not exist|has no assoc)",
            "The VM has no disk {1}.", "See which it has: VM > Hardware"),
        new("backing-file", @"backing file not allowed",
            "The image refers to another file, which Proxmox does not allow.",
            "Flatten it: qemu-img convert -O qcow2 OLD NEW"),
        new("qemu-img-message", @"qemu-img: ([^\n]+)", "qemu-img says: {1}"),
        new("resize-failed", @"error resizing volume '([^'\n]+)'|can't resize this image format",
            "The disk {1} could not be resized."),
        new("alloc-failed", @"^pvesm alloc ([A-Za-z0-9._-]+) ([0-9]+) ",
            "Storage {1} could not make a disk for VM {2}.",
            "A disk of that number may be in the way: pvesm list {1} --vmid {2}"),
        new("alloc-failed", @"^pvesm alloc ",
            "The storage could not make a disk for the VM.",
            "A disk of that number may be in the way: pvesm list STORAGE --vmid VMID"),
        new("import-failed", @"^qm (?:disk )?import(?:disk)? ([0-9]+) [^ \n]+ ([A-Za-z0-9._-]+)(?: [^\n]*)?\n",
            "The image could not be imported to storage {2} for VM {1}."),
        new("import-failed", @"^qm (?:disk )?import|cannot import from", "The image could not be imported."),
        new("resize-failed", @"^qm (?:disk )?resize ([0-9]+) ([a-z0-9]+)", "Disk {2} of VM {1} could not be resized."),
        new("no-disk-made", @"^exit (?:220|226)\n|disk reference",
            "The script says that it got no disk from the storage."),
    ];
}
