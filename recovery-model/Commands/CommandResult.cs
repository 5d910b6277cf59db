using System;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Commands;

/// <summary>How a call ended, and what its words say beyond its status.</summary>
/// <param name="Call">The call.</param>
/// <param name="Status">Its exit status.</param>
/// <param name="Output">Its standard output, or the end of it.</param>
/// <param name="Error">Its standard error, or the end of it.</param>
internal sealed record CommandResult(CommandCall Call, int Status, string Output, string Error)
{
    private const string Trouble =
        "rror|failed|nsufficient|unable|cannot|can't|not permitted|not supported|does not exist|is locked";

    private const string Made = "uccessfully (created|created disk|imported disk|imported disk as|imported) '([^']+)'";

    private const string Named = "Logical volume \"([^\"]+)\" created|Formatting '([^']+)'|no zvol device link for '([^']+)'";

    /// <summary>Whether it was ended before it could undo what it had begun: by INT, TERM or KILL, also by way of a shell.</summary>
    internal bool WasCutOff => Status is 129 or 130 or 137 or 143;

    /// <summary>
    /// Whether it failed. Resize, free and destroy exit 0 when their task failed; only their text tells. A disk that is
    /// larger than asked for is no failure: several scripts ask for less than their image has. gunzip's 2 is a warning.
    /// </summary>
    internal bool Failed => FailedUnseen || Status is not 0 && !(Call.Program is "gunzip" && Status is 2);

    /// <summary>Whether it failed although it exited 0.</summary>
    internal bool FailedUnseen =>
        Status is 0
        && Call.Verb is "qm disk resize" or "pvesm free" or "qm destroy"
        && !Error.Contains("shrinking disks is not supported", StringComparison.Ordinal)
        && new Regex(Trouble).IsMatch(Error.Replace("Setting locale failed", "", StringComparison.Ordinal));

    /// <summary>The status that its caller gets: never 0 after a failure, and 0 where a disk is large enough already.</summary>
    internal int StatusForCaller =>
        FailedUnseen ? 1
        : Call.Verb is "qm disk resize" && Error.Contains("shrinking disks is not supported", StringComparison.Ordinal) ? 0
        : Status;

    /// <summary>Volumes that it says it made, by their ids.</summary>
    internal ImmutableArray<string> Volumes
    {
        get
        {
            var volumes = ImmutableArray<string>.Empty;
            if (!Call.MakesVolumes)
                return volumes;
            foreach (var match in new Regex(Made).Matches(Output + "\n" + Error).ToImmutableArray())
            {
                var volume = match.Groups[2].Value.Split(',')[0];
                if (volume.StartsWith("unused", StringComparison.Ordinal))
                    volume = volume[(volume.IndexOf(':', StringComparison.Ordinal) + 1)..];
                volumes = volumes.Add(volume);
            }
            return volumes;
        }
    }

    /// <summary>Names that a storage gave to volumes that it made, without the storage.</summary>
    internal ImmutableArray<string> Names
    {
        get
        {
            var names = ImmutableArray<string>.Empty;
            if (!Call.MakesVolumes)
                return names;
            foreach (var match in new Regex(Named).Matches(Output + "\n" + Error).ToImmutableArray())
            {
                var name = match.Groups[1].Value + match.Groups[2].Value + match.Groups[3].Value;
                names = names.Add(name[(name.LastIndexOf('/') + 1)..]);
            }
            return names;
        }
    }

    /// <summary>Storages on which the call's options make new volumes, such as <c>--efidisk0 local-lvm:0</c>.</summary>
    internal static ImmutableArray<string> NewDiskStorages(CommandCall call)
    {
        var storages = ImmutableArray<string>.Empty;
        var newDisk = new Regex("^(-[^=]*=)?([A-Za-z][A-Za-z0-9._-]*):([0-9.]+|cloudinit)(,|$)");
        for (var i = 2; i < call.Words.Length; i++)
            if (newDisk.Match(call.Words[i]) is { Success: true } match && !storages.Contains(match.Groups[2].Value))
                storages = storages.Add(match.Groups[2].Value);
        return storages;
    }

    /// <summary>
    /// The storage on which the call makes all its volumes; empty when it may be one of several: then only what the
    /// command says at its end counts.
    /// </summary>
    internal static string OnlyStorage(CommandCall call)
    {
        if (call.Verb is "pvesm alloc" or "qm disk import" or "qm disk move" or "qm importovf")
            return call.Storage;
        if (call.CopiesMachine)
            return call.Option("storage");
        var storages = NewDiskStorages(call);
        return storages.Length == 1 ? storages[0] : "";
    }
}
