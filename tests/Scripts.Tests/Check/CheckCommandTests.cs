using System.Text;
using VmRecovery.Cli.Check;
using VmRecovery.Diagnostics;

namespace VmRecovery.Tests.Check;

/// <summary>The command on files, with ShellCheck, git and bash beside it.</summary>
[NeedsProcess]
public sealed class CheckCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vmrecovery-check-").FullName;
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task Generated_files_and_our_own_launchers_have_no_findings()
    {
        var paths = new[] { "out", "vmrecovery", "test", "launcher.bash", ".ci/run" }.Select(p =>
            Path.Combine(Checkout.Root, p)
        );

        var code = await RunAsync(new CheckRequest { Paths = [.. paths], Format = "gcc" });

        Assert.Equal("", output.ToString());
        Assert.Equal(ExitCodes.Clean, code);
    }

    [Fact(Timeout = 240_000)]
    public async Task Samples_have_no_findings_after_their_fixes()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Checkout.Root, "samples", "vm")))
        {
            var copy = Write(Path.Combine("samples", "vm", Path.GetFileName(file)), await File.ReadAllBytesAsync(file));
            File.SetUnixFileMode(copy, File.GetUnixFileMode(file));
        }
        File.Copy(Path.Combine(Checkout.Root, ConfigurationFile.Name), Path.Combine(folder, ConfigurationFile.Name));

        var code = await RunAsync(
            new CheckRequest
            {
                Paths = [Path.Combine(folder, "samples")],
                Fix = true,
                Format = "gcc",
            }
        );

        Assert.Equal("", output.ToString());
        Assert.Equal(ExitCodes.Clean, code);
        var before = Contents();
        await RunAsync(
            new CheckRequest
            {
                Paths = [Path.Combine(folder, "samples")],
                Fix = true,
                Format = "gcc",
            }
        );
        Assert.Equal(before, Contents());
    }

    [Fact(Timeout = 60_000)]
    public async Task A_finding_of_both_is_reported_once_and_others_of_ShellCheck_beside_ours()
    {
        var file = Write("a.sh", "#!/bin/bash\nf() {\n  local x=$(date)\n  echo $x\n}\nf\n"u8.ToArray());

        await RunAsync(new CheckRequest { Paths = [file], Format = "gcc" });

        Assert.Contains("[VMR002]", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("SC2155", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[SC2086]", output.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_fix_keeps_the_mode_the_line_endings_and_the_rest()
    {
        var file = Write("a.sh", "#!/bin/bash\r\ntrap 'echo x' INT\r\necho \"\u00e9\"\r\n"u8.ToArray());
        File.SetUnixFileMode(file, (UnixFileMode)0b111_101_000);

        await RunAsync(
            new CheckRequest
            {
                Paths = [file],
                Fix = true,
                ShellCheck = false,
            }
        );

        Assert.Equal(
            "#!/bin/bash\r\ntrap 'echo x; exit 130' INT\r\necho \"\u00e9\"\r\n",
            await File.ReadAllTextAsync(file)
        );
        Assert.Equal((UnixFileMode)0b111_101_000, File.GetUnixFileMode(file));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_diff_writes_nothing()
    {
        var file = Write("a.sh", "trap 'echo x' INT\n"u8.ToArray());

        var code = await RunAsync(
            new CheckRequest
            {
                Paths = [file],
                Diff = true,
                ShellCheck = false,
            }
        );

        Assert.Contains("+trap 'echo x; exit 130' INT\n", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("trap 'echo x' INT\n", await File.ReadAllTextAsync(file));
        Assert.Equal(ExitCodes.Findings, code);
    }

    [Fact(Timeout = 60_000)]
    public async Task Findings_of_the_baseline_are_not_reported_again_and_gone_ones_are_named()
    {
        var file = Write("a.sh", "trap 'echo x' INT\n"u8.ToArray());
        await File.WriteAllTextAsync(Path.Combine(folder, ConfigurationFile.Name), "");
        await RunAsync(
            new CheckRequest
            {
                Paths = [file],
                AddBaseline = true,
                ShellCheck = false,
            }
        );

        await File.WriteAllTextAsync(file, "echo new\n\ntrap 'echo x' INT\ntrap 'echo y' TERM\n");
        var code = await RunAsync(
            new CheckRequest
            {
                Paths = [file],
                Format = "gcc",
                ShellCheck = false,
            }
        );

        Assert.Equal(ExitCodes.Findings, code);
        Assert.Contains($"{file}:4:6: error", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{file}:3:", output.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "echo new\n");
        Assert.Equal(ExitCodes.Clean, await RunAsync(new CheckRequest { Paths = [file], ShellCheck = false }));
        Assert.Contains(
            "1 findings of .vmrecovery-baseline.json are gone",
            output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact(Timeout = 60_000)]
    public async Task Files_that_can_not_be_read_are_named_and_the_others_are_checked()
    {
        var good = Write("good.sh", "trap 'echo x' INT\n"u8.ToArray());
        var binary = Write("binary.sh", [0, 1, 2]);

        var code = await RunAsync(
            new CheckRequest
            {
                Paths = [binary, "/dev/null", good, Path.Combine(folder, "none.sh")],
                Format = "gcc",
                ShellCheck = false,
            }
        );

        Assert.Equal(ExitCodes.BadInput, code);
        Assert.Contains("VMR080", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            $"vmrecovery: {binary}: is binary, not a script; skipped\nvmrecovery: /dev/null: a device; skipped\n"
                + $"vmrecovery: {Path.Combine(folder, "none.sh")}: no such file or folder; skipped\n",
            error.ToString()
        );
    }

    [Fact(Timeout = 60_000)]
    public async Task Ignored_files_and_excluded_ones_are_left_out()
    {
        Write("a.sh", "trap 'echo x' INT\n"u8.ToArray());
        Write("ignored.sh", "trap 'echo x' INT\n"u8.ToArray());
        Write("old/b.sh", "trap 'echo x' INT\n"u8.ToArray());
        Write(".gitignore", "ignored.sh\n"u8.ToArray());
        Write(ConfigurationFile.Name, "exclude = [\"old/**\"]\n"u8.ToArray());
        await Host.Processes.ProcessRunner.RunAsync("git", ["init", "-q", folder]);

        await RunAsync(
            new CheckRequest
            {
                Paths = [folder],
                Format = "gcc",
                ShellCheck = false,
            }
        );

        Assert.Equal(
            $"{folder}/a.sh:1:6: error: the handler of INT returns, and the script goes on [VMR080]\n",
            output.ToString()
        );
    }

    [Fact(Timeout = 60_000)]
    public async Task Standard_input_has_the_name_that_was_given()
    {
        var code = await RunAsync(
            new CheckRequest
            {
                Paths = ["-"],
                StandardInputName = "in.sh",
                Format = "gcc",
                ShellCheck = false,
            },
            "trap 'echo x' INT\n"
        );

        Assert.StartsWith("in.sh:1:6: error", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Findings, code);
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    private string Contents() =>
        string.Concat(
            Directory
                .GetFiles(Path.Combine(folder, "samples", "vm"))
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );

    private Task<int> RunAsync(CheckRequest request, string input = "") =>
        new CheckCommand(() => new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error).RunAsync(request);
}
