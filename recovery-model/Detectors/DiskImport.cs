namespace VmRecovery.Model.Detectors;

/// <summary>Volumes: their names, formats, sizes and contents.</summary>
public static class DiskImport
{
    /// <summary>A volume could not be made, filled, attached or resized.</summary>
    /// <remarks>
    /// The command alone is enough for steps that do nothing else: most scripts throw their message away, and exit
    /// 5 of <c>pvesm alloc</c> is the same for a stray disk and a full pool.
    /// </remarks>
    [BashFunction("is_disk_import_error")]
    [Claims("pvesm alloc local-lvm 100 vm-100-disk-0 4M", 5, "")]
    [Claims("qm importdisk 100 a.qcow2 local", 255, "curl: (22) The requested URL returned error: 400")]
    [Claims("qm set 100 -scsi0 store:vm-100-disk-0", 255,
        "Successfully imported disk as 'unused0:store:100/vm-100-disk-0.qcow2'\n"
        + "unable to parse directory volume name 'vm-100-disk-0'")]
    [Claims("qm create 100 --scsi0 tank:4", 255, "timeout: no zvol device link for 'vm-100-disk-0' found after 300 sec.")]
    [Claims("qm set 100 --scsi0 rbd:vm-100-disk-0", 2, "rbd: error opening image vm-100-disk-0: (2) No such file or directory")]
    [Claims("exit 226", 226, "")]
    [Rejects("qm create 100 --memory abc", 2, "400 Parameter verification failed.\nmemory: invalid format - format error")]
    [Rejects("cp /template/iso/a.img /tmp", 1, "cp: cannot stat '/template/iso/a.img': No such file or directory")]
    public static bool IsDiskImportError(Failure failure) =>
        Commands.MakesDisk(failure) && failure.ExitCode is not (126 or 127)
        || failure.Log.Matches("unable to parse [a-z]+ (volume )?(name|filename) '")
        || failure.Log.Matches("unable to parse [a-z]+ volume name '")
        || failure.Log.Contains("unable to parse volume ID '")
        || failure.Log.Contains("copy failed: command ")
        || failure.Log.Contains("qemu-img: ")
        || failure.Log.Contains("unsupported format '")
        || failure.Log.Matches("volume '?[^ ']+:[^ ']+'? does not exist")
        || failure.Log.Matches("no such logical volume [^ ]*/vm-")
        || failure.Log.Matches("volume_size_info on '[^']*' failed")
        || failure.Log.Matches("file_size_info on '[^']*' failed")
        || failure.Log.Contains("failed to query file information with qemu-img")
        || failure.Log.Contains("could not get file size of ")
        || failure.Log.Contains("illegal name '")
        || failure.Log.Matches("lvm name '[^']*' contains illegal characters")
        || failure.Log.Contains("Failed to activate new LV")
        || failure.Log.Matches("activating LV '[^']*' failed")
        || failure.Log.Contains("Volume too large")
        || failure.Log.Contains("no zvol device link for")
        || failure.Log.Contains("error opening image ")
        || failure.Log.Contains("parent is not a filesystem")
        || failure.Log.Matches("cannot open '[^']*': dataset does not exist")
        || failure.Log.Contains("non-existent or non-regular file")
        || failure.Log.Contains("unable to create image: ")
        || failure.Log.Contains("unable to allocate an image name")
        || failure.Log.Contains("cloud-init drive is already attached")
        || failure.Log.Contains("Too many unused volumes")
        || failure.Log.Contains("cannot use volume ")
        || failure.Log.Contains("'import-from'")
        || failure.Log.Contains("cannot import from '")
        || failure.Log.Contains("can't resize this image format")
        || failure.Log.Contains("error resizing volume '")
        || failure.Log.Contains("Could not determine current size of volume")
        || failure.Log.Matches("disk '[^']*' (does not exist|has no associated volume)")
        || failure.Log.Contains("backing file not allowed for untrusted image")
        || failure.Log.Contains("storage definition has no path")
        || failure.Log.Contains("Unable to determine imported disk reference")
        || Commands.GaveUp(failure) && failure.ExitCode is 220 or 226;
}
