using System;
using System.Collections.Immutable;

namespace VmRecovery.Model.Menu;

/// <summary>A menu option and when it is offered.</summary>
/// <param name="Option">The option.</param>
/// <param name="IsOffered">Whether a user in this situation can choose it.</param>
public sealed record MenuItem(MenuOption Option, Func<Situation, bool> IsOffered);

/// <summary>The menu, in its order.</summary>
public static class RecoveryMenu
{
    /// <summary>Every option, in the order of <see cref="MenuOption"/>.</summary>
    public static readonly ImmutableArray<MenuItem> Items =
    [
        new(MenuOption.Retry, Offers.Retry),
        new(MenuOption.RetryCleanCache, Offers.RetryCleanCache),
        new(MenuOption.FirstBoot, Offers.FirstBoot),
        new(MenuOption.OtherStorage, Offers.OtherStorage),
        new(MenuOption.ShrinkDisk, Offers.ShrinkDisk),
        new(MenuOption.OtherVmid, Offers.OtherVmid),
        new(MenuOption.DestroyExisting, Offers.DestroyExisting),
        new(MenuOption.LessMemory, Offers.LessMemory),
        new(MenuOption.MoreMemory, Offers.MoreMemory),
        new(MenuOption.RetrySettings, Offers.RetrySettings),
        new(MenuOption.Keep, Offers.Keep),
        new(MenuOption.Abort, Offers.Abort),
    ];
}
