using VmRecovery.Diagnostics;
using VmRecovery.Cli.CommandLine;
using VmRecovery.Cli.Generate;
using VmRecovery.Host.Files;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Generating;

public sealed class GenerateTests : IDisposable
{
    private readonly ProjectFolder project = ProjectFolder.Find();
    private readonly string folder = Directory.CreateTempSubdirectory("vmrecovery-generate").FullName;

    [Fact(Timeout = 120_000)]
    public async Task The_committed_output_is_what_the_policy_generates()
    {
        var (exitCode, output, error) = await Run(Request() with { OutFolder = project.Out, Check = true });

        Assert.True(exitCode == 0, output + error);
    }

    [Fact(Timeout = 120_000)]
    public async Task Two_runs_give_identical_bytes_in_any_locale_time_zone_and_working_directory()
    {
        var (first, second) = (Path.Combine(folder, "1"), Path.Combine(folder, "2"));
        Assert.Equal(0, (await RunTool(["generate", "--out", first], path: null)).ExitCode);
        var assembly = typeof(GenerateCommand).Assembly.Location;
        var elsewhere = await ProcessRunner.RunAsync(
            "bash",
            ["-c", "cd / && exec dotnet \"$@\"", "bash", assembly, "generate", "--out", second],
            environment: new Dictionary<string, string?>
            {
                [ProjectFolder.Variable] = project.Root, ["LC_ALL"] = "tr_TR.UTF-8", ["TZ"] = "Asia/Tokyo",
            });

        Assert.Equal(0, elsewhere.ExitCode);
        Assert.Equal(Snapshot(first), Snapshot(second));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_hand_edit_of_the_library_is_shown_as_a_diff_and_called_one()
    {
        await Run(Request());
        var library = Path.Combine(folder, VmRecovery.Cli.Generate.Generation.LibraryPath);
        var text = await File.ReadAllTextAsync(library);
        await File.WriteAllBytesAsync(library, System.Text.Encoding.UTF8.GetBytes(text.Replace("# <<< recovery part", "# mine\n# <<< recovery part", StringComparison.Ordinal)));

        var (exitCode, output, error) = await Run(Request() with { Check = true });

        Assert.Equal(1, exitCode);
        Assert.Contains("\n-# mine\n", output, StringComparison.Ordinal);
        Assert.Contains("misc/vm-core.func: edited by hand", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_changed_policy_of_ones_own_is_compiled_and_named_by_check()
    {
        await Run(Request());
        var policy = CopyPolicy("Detectors/Network.cs", "Network is unreachable", "Network is not there");

        var (exitCode, output, error) = await Run(Request() with { PolicyFolder = policy, Check = true });

        Assert.Equal(1, exitCode);
        Assert.Contains("+  ", output, StringComparison.Ordinal);
        Assert.Contains("Network is not there", output, StringComparison.Ordinal);
        Assert.Contains("recovery-model/Detectors/Network.cs", error, StringComparison.Ordinal);
        Assert.DoesNotContain("by hand", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("Detectors/Network.cs", "failure.Log.Contains(\"No route to host\")", "failure.Log.Nonsense()", "VMP001", "Network.cs:31:")]
    [InlineData("Detectors/Network.cs", "failure.Log.Contains(\"No route to host\")", "failure.Log.Matches(\"a(?=b)\")", "VMP2", "Network.cs:31:")]
    [InlineData("Detectors/Network.cs", "failure.Log.Contains(\"No route to host\")", "failure.Command.Contains(\"x\")", "VMP2", "Network.cs:31:")]
    public async Task A_policy_that_cannot_become_bash_is_a_diagnostic_with_its_place(
        string file, string old, string replacement, string code, string place)
    {
        var (exitCode, _, error) = await Run(Request() with { PolicyFolder = CopyPolicy(file, old, replacement) });

        Assert.Equal(2, exitCode);
        Assert.Contains(code, error, StringComparison.Ordinal);
        Assert.Contains(place, error, StringComparison.Ordinal);
        Assert.Contains("^~", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, VmRecovery.Cli.Generate.Generation.LibraryPath)));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_template_with_an_undefined_variable_is_a_diagnostic_with_its_place()
    {
        var templates = Path.Combine(folder, "templates");
        Copy(project.Templates, templates);
        var frame = Path.Combine(templates, "vm-core.func.sbn");
        await File.AppendAllTextAsync(frame, "{{ policy.nosuch }}\n");

        var (exitCode, _, error) = await Run(Request() with { TemplatesFolder = templates });

        Assert.Equal(2, exitCode);
        Assert.Contains("templates/vm-core.func.sbn:", error, StringComparison.Ordinal);
        Assert.Contains("VMP304", error, StringComparison.Ordinal);
        Assert.Contains("nosuch", error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task An_unwritable_out_folder_is_bad_input()
    {
        var file = Path.Combine(folder, "occupied");
        await File.WriteAllBytesAsync(file, []);

        var (exitCode, _, error) = await RunTool(["generate", "--out", Path.Combine(file, "out")], path: null);

        Assert.Equal(2, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("cannot be written", error, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("shellcheck", "")]
    [InlineData("shfmt", "")]
    [InlineData("shellcheck", "version: 0.4.6")]
    [InlineData("shfmt", "v2.6.4")]
    public async Task A_missing_or_old_tool_is_named_with_exit_code_3(string tool, string version)
    {
        var path = Path.Combine(folder, "bin");
        Directory.CreateDirectory(path);
        foreach (var needed in new[] { "bash", "dotnet", "shellcheck", "shfmt", "env" }.Where(needed => needed != tool))
            File.CreateSymbolicLink(Path.Combine(path, needed), (await ProcessRunner.RunAsync("bash", ["-c", $"readlink -f \"$(command -v {needed})\""])).Output.Trim());
        if (version.Length > 0)
        {
            await File.WriteAllTextAsync(Path.Combine(path, tool), $"#!{path}/bash\necho '{version}'\n");
            File.SetUnixFileMode(Path.Combine(path, tool), (UnixFileMode)0b111_101_101);
        }

        var (exitCode, _, error) = await RunTool(["generate", "--out", Path.Combine(folder, "out")], path);

        Assert.Equal(3, exitCode);
        Assert.Contains(tool, error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "out")));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private GenerateRequest Request() => new(
        project.Policy, "recovery-model", project.Templates, [project.Samples], folder, CacheFile: null, Check: false);

    private static async Task<(int ExitCode, string Output, string Error)> Run(GenerateRequest request)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var command = new GenerateCommand(output, error, new Progress(null, TimeProvider.System));
        return (await command.RunAsync(request, CancellationToken.None), output.ToString(), error.ToString());
    }

    private async Task<(int ExitCode, string Output, string Error)> RunTool(string[] arguments, string? path)
    {
        var assembly = typeof(GenerateCommand).Assembly.Location;
        var environment = new Dictionary<string, string?> { [ProjectFolder.Variable] = project.Root };
        if (path is not null)
            environment["PATH"] = path;
        var outcome = await ProcessRunner.RunAsync("dotnet", [assembly, .. arguments], environment: environment);
        return (outcome.ExitCode, outcome.Output, outcome.Error);
    }

    private static string Snapshot(string tree) => string.Join('\n', Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(path => $"{Path.GetRelativePath(tree, path)} {ContentHash.Of(File.ReadAllBytes(path))}"));

    private string CopyPolicy(string file, string old, string replacement)
    {
        var copy = Path.Combine(folder, "policy");
        Copy(project.Policy, copy);
        var path = Path.Combine(copy, file);
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllBytes(path, System.Text.Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal)));
        return copy;
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, path);
            if (relative.StartsWith("obj/", StringComparison.Ordinal) || relative.StartsWith("bin/", StringComparison.Ordinal))
                continue;
            var target = Path.Combine(to, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }
    }
}
