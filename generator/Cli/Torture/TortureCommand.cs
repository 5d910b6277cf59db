using VmRecovery.Diagnostics;
using VmRecovery.Host.Files;
using VmRecovery.Host.Policy;
using VmRecovery.Model;
using VmRecovery.Node.Torture;

namespace VmRecovery.Cli.Torture;

/// <summary><c>vmrecovery torture SCRIPT</c>: fails every step of a script on the simulated node and says what is left behind.</summary>
internal static class TortureCommand
{
    /// <summary>Tortures one script.</summary>
    /// <returns>0 when every run ended as chosen, 1 otherwise.</returns>
    public static async Task<int> RunAsync(TortureRequest request, TextWriter output, TextWriter error)
    {
        if (Directory.Exists(request.ScriptPath))
            throw ToolException.Input($"{request.ScriptPath}: a folder; give one script");
        if (!File.Exists(request.ScriptPath))
            throw ToolException.Input($"{request.ScriptPath}: no such file");
        if (ScriptFiles.Read(request.ScriptPath, out var problem) is null)
            throw ToolException.Input($"{request.ScriptPath}: {problem}");
        var known = Enum.GetValues<MenuOption>().Select(Vocabulary.Id).ToList();
        var nothing = request.Recovery.Count == 0 && !request.Pairs && !request.Signals && !request.Kills && !request.Workers && !request.Hidden;
        if (nothing || request.Recovery.Except(known).Any())
            throw ToolException.Input($"torture: --recovery {string.Join(',', request.Recovery.Except(known))}: give one or more of {string.Join(", ", known)}");
        if (request.Libraries.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            throw ToolException.Input($"torture: --library {missing}: no such folder");
        foreach (var program in (string[])["/usr/bin/unshare", "/usr/bin/qemu-img", "/usr/bin/xz", "/usr/bin/curl"])
            if (!File.Exists(program))
                throw ToolException.MissingTool($"torture needs {Path.GetFileName(program)}: apt-get install util-linux qemu-utils xz-utils curl");
        var runner = new TortureRunner(await File.ReadAllBytesAsync(request.ScriptPath), request);
        var undisturbed = await runner.UndisturbedAsync();
        var results = await runner.RunAsync(undisturbed, (done, all) =>
        {
            if (done % 25 == 0 && done < all)
                error.WriteLine(FormattableString.Invariant($"vmrecovery: {done} of {all} runs"));
        });
        if (request.Json)
            TortureReport.WriteJson(output, request.ScriptPath, undisturbed.Steps, results);
        else
            TortureReport.WriteText(output, request.ScriptPath, undisturbed.Steps, results);
        return results.All(r => r.Violations.Count == 0) ? ExitCodes.Clean : ExitCodes.Findings;
    }
}
