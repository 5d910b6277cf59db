using System.Collections.Immutable;

namespace VmRecovery.Model.Profiles;

/// <summary>ProxmoxVE's VM scripts (its vm/ at 8386465a9).</summary>
public static class Scripts
{
    /// <summary>One profile a script, by name.</summary>
    [BashTable("_vm_profile")]
    public static readonly ImmutableArray<ScriptProfile> All =
    [
        new("archlinux-vm", InstallMethod.CloudInit, "geo.mirror.pkgbuild.com", true, false),
        new("debian-13-vm", InstallMethod.VirtCustomize, "cloud.debian.org", true, false),
        new("debian-vm", InstallMethod.CloudInit, "cloud.debian.org", true, false),
        new("docker-vm", InstallMethod.VirtCustomize, "cloud.debian.org, cloud-images.ubuntu.com", true, true),
        new("haos-vm", InstallMethod.None, "github.com/home-assistant/operating-system", true, false),
        new("mikrotik-routeros", InstallMethod.None, "download.mikrotik.com", true, false),
        new("nextcloud-vm", InstallMethod.Installer, "mirror.turnkeylinux.org", true, false),
        new("openwrt-vm", InstallMethod.SendKey, "downloads.openwrt.org", true, false),
        new("opnsense-vm", InstallMethod.SendKey, "download.freebsd.org", true, false),
        new("owncloud-vm", InstallMethod.Installer, "mirror.turnkeylinux.org", true, false),
        new("pimox-haos-vm", InstallMethod.None, "github.com/home-assistant/operating-system", true, false),
        new("truenas-vm", InstallMethod.Installer, "download.truenas.com", true, false),
        new("ubuntu2204-vm", InstallMethod.CloudInit, "cloud-images.ubuntu.com", true, false),
        new("ubuntu2404-vm", InstallMethod.CloudInit, "cloud-images.ubuntu.com", true, false),
        new("ubuntu2504-vm", InstallMethod.CloudInit, "cloud-images.ubuntu.com", true, false),
        new("umbrel-os-vm", InstallMethod.None, "download.umbrel.com", true, false),
    ];
}
