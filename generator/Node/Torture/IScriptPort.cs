namespace VmRecovery.Node.Torture;

/// <summary>Patches scripts in memory, as <c>port</c> does.</summary>
internal interface IScriptPort
{
    /// <summary>The script without the patch in it.</summary>
    byte[] Revert(byte[] script);

    /// <summary>Patches a script, or says why not.</summary>
    Task<PortedScript> PatchAsync(byte[] script);
}

/// <summary>A patched text, or the reason why there is none.</summary>
/// <param name="Text">The text; null when it is refused.</param>
/// <param name="Refusal">The reason and the line; null when it is patched.</param>
internal sealed record PortedScript(byte[]? Text, string? Refusal);
