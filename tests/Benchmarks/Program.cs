using VmRecovery.Benchmarks;
using VmRecovery.Host.Files;
using static VmRecovery.Benchmarks.Measurement;

// Times in this run, as ratios to a peer measured in the same run. Needs the launcher to have built the tool.
var project = ProjectFolder.Find();
var library = Path.Combine(project.Out, "misc/vm-core.func");
var tool = Path.Combine(project.Root, "vmrecovery");
var upstream = Environment.GetEnvironmentVariable("VMRECOVERY_UPSTREAM");
var scratch = Directory.CreateTempSubdirectory("vmrecovery-bench").FullName;

var shellcheck = await MedianAsync(5, "shellcheck", "--norc", library).ConfigureAwait(false);
Print("shellcheck --norc vm-core.func (the peer)", shellcheck, shellcheck, null);

var cold = await MedianAsync(5, async () =>
{
    File.Delete(Path.Combine(project.Build, "generate.cache"));
    await RunAsync(tool, "generate", "--out", scratch).ConfigureAwait(false);
}).ConfigureAwait(false);
Print("generate, cold", cold, shellcheck, 2.0);

await RunAsync(tool, "generate").ConfigureAwait(false);
Print("generate, unchanged", await MedianAsync(9, tool, "generate").ConfigureAwait(false), shellcheck, 0.3);

if (upstream is null)
{
    Console.WriteLine("VMRECOVERY_UPSTREAM is not set: sourcing and patching are not compared with ProxmoxVE's files");
}
else
{
    var original = await SourcingAsync(Path.Combine(upstream, "misc/vm-core.func")).ConfigureAwait(false);
    Print("sourcing ProxmoxVE's vm-core.func, 100 times (the peer)", original, original, null);
    Print("sourcing ours, 100 times", await SourcingAsync(library).ConfigureAwait(false), original, 1.0);

    var scripts = Directory.GetFiles(Path.Combine(upstream, "vm"), "*.sh");
    var checking = await MedianAsync(1, "shellcheck", ["--norc", .. scripts]).ConfigureAwait(false);
    Print("shellcheck --norc vm/*.sh (the peer)", checking, checking, null);
    Print("port vm/*.sh", await MedianAsync(3, tool, "port", Path.Combine(upstream, "vm")).ConfigureAwait(false), checking, 0.5);
}
await RecoveryCost.ClassificationAsync(library, scratch).ConfigureAwait(false);
await RecoveryCost.HappyPathAsync(project, "cloud-image-vm").ConfigureAwait(false);
await RecoveryCost.HappyPathAsync(project, "docker-image-vm").ConfigureAwait(false);
Directory.Delete(scratch, recursive: true);

static Task<TimeSpan> SourcingAsync(string file) =>
    MedianAsync(5, "bash", "-c", "for ((i = 0; i < 100; i++)); do bash -c 'source \"$0\"' \"$0\"; done", file);
