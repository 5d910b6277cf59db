using System;
using System.Collections.Immutable;
using System.Linq;

namespace VmRecovery.Model.Menu;

/// <summary>A menu option, when it is offered, and its words.</summary>
/// <param name="Option">The option.</param>
/// <param name="IsOffered">Whether a user in this situation can choose it.</param>
/// <param name="Words">Its words with numbers; null for those of <see cref="MenuOption"/>.</param>
public sealed record MenuItem(
    MenuOption Option, Func<Situation, bool> IsOffered, Func<Situation, string>? Words = null);

/// <summary>The menu, in its order.</summary>
public static class RecoveryMenu
{
    /// <summary>Every option, in the order of <see cref="MenuOption"/>. A new option has to be added here only.</summary>
    public static readonly ImmutableArray<MenuItem> Items =
    [
        new(MenuOption.Retry, Offers.Retry, Labels.Retry),
        new(MenuOption.RetryCleanCache, Offers.RetryCleanCache),
        new(MenuOption.FirstBoot, Offers.FirstBoot),
        new(MenuOption.OtherStorage, Offers.OtherStorage, Labels.OtherStorage),
        new(MenuOption.ShrinkDisk, Offers.ShrinkDisk, Labels.ShrinkDisk),
        new(MenuOption.OtherVmid, Offers.OtherVmid, Labels.OtherVmid),
        new(MenuOption.DestroyExisting, Offers.DestroyExisting),
        new(MenuOption.FreeVolume, Offers.FreeVolume),
        new(MenuOption.LessMemory, Offers.LessMemory, Labels.LessMemory),
        new(MenuOption.MoreMemory, Offers.MoreMemory, Labels.MoreMemory),
        new(MenuOption.RetrySettings, Offers.RetrySettings),
        new(MenuOption.ViewLog, Offers.ViewLog),
        new(MenuOption.Keep, Offers.Keep, Labels.Keep),
        new(MenuOption.Abort, Offers.Abort),
    ];

    /// <summary>The options of a situation, the best one first.</summary>
    public static ImmutableArray<MenuItem> For(Situation situation) =>
        [.. Items.Where(item => item.IsOffered(situation)).OrderBy(item => item.Option == Best(situation) ? 0 : 1)];

    /// <summary>The option that fits best. Where it is not offered, the first of the others leads.</summary>
    [BashFunction("_vm_best_option")]
    public static MenuOption Best(Situation situation) => situation.Class switch
    {
        ErrorClass.StorageFull =>
            situation.Facts.OtherStorages != 0 ? MenuOption.OtherStorage : MenuOption.ShrinkDisk,
        ErrorClass.StorageMissing => MenuOption.OtherStorage,
        ErrorClass.VmidConflict => MenuOption.OtherVmid,
        ErrorClass.OutOfMemory =>
            Offers.RunsItsOwnVm(situation.Failure) ? MenuOption.MoreMemory : MenuOption.LessMemory,
        ErrorClass.VirtCustomize => MenuOption.FirstBoot,
        ErrorClass.Download => situation.Failure.Program is "curl" or "wget" ? MenuOption.Retry : MenuOption.RetryCleanCache,
        _ => MenuOption.Retry,
    };
}
