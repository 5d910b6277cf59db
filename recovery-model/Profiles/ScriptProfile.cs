namespace VmRecovery.Model.Profiles;

/// <summary>How a script gets its software into the guest.</summary>
public enum InstallMethod
{
    /// <summary>The image is the product.</summary>
    [Id("none", "ready-made image")]
    None,

    /// <summary>A cloud-init drive configures the guest at boot.</summary>
    [Id("cloud-init", "cloud-init drive")]
    CloudInit,

    /// <summary>libguestfs changes the image before the VM exists.</summary>
    [Id("virt-customize", "virt-customize on the image")]
    VirtCustomize,

    /// <summary>The script types into the guest's console.</summary>
    [Id("sendkey", "keys typed with qm sendkey")]
    SendKey,

    /// <summary>An installer medium; the user installs.</summary>
    [Id("installer", "installer medium")]
    Installer,
}

/// <summary>What recovery needs to know about one of ProxmoxVE's scripts.</summary>
/// <param name="Script">The script's <c>NSAPP</c>, the name it reports.</param>
/// <param name="Install">How its software gets into the guest.</param>
/// <param name="Image">Where the image comes from, for the user to check.</param>
/// <param name="ReusesDownload">Whether an attempt leaves the fetched image as it was, so that the next can use it.</param>
/// <param name="FirstBoot">Whether the script itself can fall back to installing at the first boot.</param>
public sealed record ScriptProfile(
    string Script,
    InstallMethod Install,
    string Image,
    bool ReusesDownload,
    [property: BashVariable("_first_boot")] bool FirstBoot);
