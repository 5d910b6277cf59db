using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using VmRecovery.Bash.Syntax;
using VmRecovery.Host.Processes;

// CPU time to read every shell file of a folder, the start of the program included, beside ShellCheck's in the same run:
//   dotnet publish tests/ReadingBenchmark -c Release -r linux-x64 -o DIR && dotnet DIR/VmRecovery.ReadingBenchmark.dll FOLDER
const double target = 0.006;
if (args is not [var folder])
{
    Console.Error.WriteLine("usage: VmRecovery.ReadingBenchmark FOLDER");
    return 2;
}
var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
    .Where(path => !path.Contains("/.git/", StringComparison.Ordinal) && IsShell(path)).Order(StringComparer.Ordinal).ToList();
var (bytes, problems) = Read(files);
var reading = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
var checking = await ShellCheckSecondsAsync(files);
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{files.Count} files, {bytes} bytes, {problems} problems: read in {reading:0.000} CPU s; ShellCheck {checking:0.0} CPU s; {reading / checking:0.0000} x, target {target} x"));
return reading <= target * checking ? 0 : 1;

[MethodImpl(MethodImplOptions.NoInlining)]
static (long Bytes, int Problems) Read(List<string> files)
{
    var bytes = 0L;
    var problems = 0;
    foreach (var file in files)
    {
        var tree = BashSyntaxTree.Parse(File.ReadAllBytes(file));
        bytes += tree.Source.Length;
        problems += tree.Problems.Length;
    }
    return (bytes, problems);
}

static async Task<double> ShellCheckSecondsAsync(List<string> files)
{
    const string script = "TIMEFORMAT='%U %S'; time xargs -0 -n 50 shellcheck --norc >/dev/null 2>&1";
    var outcome = await ProcessRunner.RunAsync("bash", ["-c", script], string.Join('\0', files), TimeSpan.FromMinutes(10));
    var times = outcome.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    return times.TakeLast(2).Sum(time => double.Parse(time, CultureInfo.InvariantCulture));
}

static bool IsShell(string path)
{
    if (Path.GetExtension(path) is ".sh" or ".func" or ".bash")
        return true;
    using var file = File.OpenRead(path);
    Span<byte> start = stackalloc byte[64];
    var head = System.Text.Encoding.ASCII.GetString(start[..file.Read(start)]).Split('\n')[0].TrimEnd();
    return head.StartsWith("#!", StringComparison.Ordinal) && head.EndsWith("sh", StringComparison.Ordinal);
}
