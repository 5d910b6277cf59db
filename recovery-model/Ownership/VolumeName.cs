using System.Text.RegularExpressions;

namespace VmRecovery.Model.Ownership;

/// <summary>Names of volumes, such as <c>local-lvm:vm-100-disk-0</c> and <c>local:100/vm-100-disk-0.raw</c>.</summary>
internal sealed record VolumeName
{
    private const string Guest = "^(vm|base)-([0-9]+)-";

    /// <summary>The name alone, without storage and folder.</summary>
    internal static string Last(string volume) => volume[(volume.LastIndexOfAny([':', '/']) + 1)..];

    /// <summary>The storage that it lies on.</summary>
    internal static string Storage(string volume) => volume.Split(':', 2)[0];

    /// <summary>The number of the guest in its name; empty when it has none.</summary>
    internal static string NumberOf(string volume) =>
        new Regex(Guest).Match(Last(volume)) is { Success: true } match ? match.Groups[2].Value : "";
}
