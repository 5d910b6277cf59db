using VmRecovery.Cli.Port;
using VmRecovery.Node.Torture;
using VmRecovery.Scripts.Patching;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Cli.Torture;

/// <summary>The patcher of <c>port</c>, for scripts in memory.</summary>
internal sealed class ScriptPort(string path) : IScriptPort
{
    private readonly ScriptPatcher patcher = new(new ShellTools());

    /// <inheritdoc/>
    public byte[] Revert(byte[] script) => ScriptPatcher.Revert(new ScriptText(path, script)).After.Raw;

    /// <inheritdoc/>
    public async Task<PortedScript> PatchAsync(byte[] script)
    {
        var outcome = await patcher.PatchAsync(new ScriptText(path, script));
        return outcome.Refusal is { } refusal
            ? new PortedScript(null, FormattableString.Invariant($"line {refusal.Line}: {refusal.Element}: {refusal.Message}"))
            : new PortedScript(outcome.After.Raw, null);
    }
}
