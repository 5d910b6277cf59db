using System.CommandLine;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Host.Files;

namespace VmRecovery.Cli.Generate;

/// <summary>The command line of <c>generate</c>.</summary>
internal static class GenerateOptions
{
    /// <summary>Builds the sub-command.</summary>
    public static Command Build(TextWriter output, TextWriter error)
    {
        var policy = new Option<string?>("--policy") { Description = "Folder with the policy's C# files (default: recovery-model/)." };
        var scripts = new Option<string[]>("--scripts")
        {
            Description = "Scripts, or a ProxmoxVE checkout, to patch (default: samples/).",
            AllowMultipleArgumentsPerToken = true,
        };
        var outFolder = new Option<string?>("--out") { Description = "Where to write (default: out/)." };
        var check = new Option<bool>("--check") { Description = "Write nothing; print what is stale and exit 1." };
        var generate = new Command("generate", "Generates vm-core.func and the patched scripts from the policy.")
        {
            policy.WithoutUnknownOptions(), scripts.WithoutUnknownOptions(), outFolder.WithoutUnknownOptions(), check,
        };
        generate.SetAction((parsed, cancellation) =>
        {
            var project = ProjectFolder.Find();
            var named = parsed.GetValue(policy);
            var request = new GenerateRequest(
                named ?? project.Policy,
                named is null ? "recovery-model" : named.TrimEnd('/'),
                project.Templates,
                [.. parsed.GetValue(scripts) is { Length: > 0 } paths ? paths : [project.Samples]],
                parsed.GetValue(outFolder) ?? project.Out,
                Path.Combine(project.Build, "generate.cache"),
                parsed.GetValue(check));
            var progress = new Progress(Console.IsErrorRedirected ? null : error, TimeProvider.System);
            return new GenerateCommand(output, error, progress).RunAsync(request, cancellation);
        });
        return generate;
    }
}
