namespace VmRecovery.Model.Menu;

/// <summary>The words of options that carry numbers. With its id an item has at most 53 characters.</summary>
public static class Labels
{
    /// <summary>Which try it would be.</summary>
    public static string Retry(Situation situation) =>
        $"Try again, same settings ({situation.RetriesUsed + 2} of {situation.MaxRetries + 1})";

    /// <summary>The storage that would be taken, or how many there are to choose from.</summary>
    public static string OtherStorage(Situation situation)
    {
        if (situation.Facts.OtherStorages == 1)
            return $"Use {situation.Facts.BestStorage} ({situation.Facts.BestFree} GiB free)";
        return "Choose another storage and try again";
    }

    /// <summary>The size that is proposed.</summary>
    public static string ShrinkDisk(Situation situation)
    {
        var half = situation.Facts.DiskSize / 2;
        return $"Make the disk smaller: {situation.Facts.DiskSize}{situation.Facts.DiskUnit} -> {half}{situation.Facts.DiskUnit}";
    }

    /// <summary>The number that is proposed.</summary>
    public static string OtherVmid(Situation situation)
    {
        if (situation.Facts.NextVmid == "")
            return "Use another VM ID and try again";
        return $"Use VM ID {situation.Facts.NextVmid} and try again";
    }

    /// <summary>Half of the memory, 256 MiB at least.</summary>
    public static string LessMemory(Situation situation)
    {
        if (situation.Facts.Memory < 512)
            return $"Memory of the VM: {situation.Facts.Memory} -> 256 MiB";
        var half = situation.Facts.Memory / 2;
        return $"Memory of the VM: {situation.Facts.Memory} -> {half} MiB";
    }

    /// <summary>Twice the memory.</summary>
    public static string MoreMemory(Situation situation)
    {
        var twice = situation.Facts.ToolMemory * 2;
        return $"For the image tools: {situation.Facts.ToolMemory} -> {twice} MiB";
    }

    /// <summary>Named by what there is to keep.</summary>
    public static string Keep(Situation situation)
    {
        if (situation.Facts.HasVm)
            return "Keep the VM and look into it by hand";
        return "Exit and leave everything as it is";
    }
}
