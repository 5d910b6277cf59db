namespace VmRecovery.Engine.Deciding;

/// <summary>An item of a menu.</summary>
internal sealed record MenuEntry(string Tag, string Words);
