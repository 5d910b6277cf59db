using System.Text;
using System.Text.Json;
using VmRecovery.Cli.Port;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Patching;

public sealed class PortCommandTests : IDisposable
{
    private static readonly byte[] Script = Fixtures.Input("patched", "first-generation");

    private readonly string folder = Directory.CreateTempSubdirectory("vmrecovery-port").FullName;

    [Fact]
    public async Task A_diff_is_shown_and_nothing_written_by_default()
    {
        var file = Add("a.sh", Script);

        var (exitCode, output, error) = await PortAsync(new PortRequest { Paths = [file] });

        Assert.Equal(0, exitCode);
        Assert.Contains("+  vm_create_with_recovery create_this_vm\n", output, StringComparison.Ordinal);
        Assert.Contains("1 patched; ", error, StringComparison.Ordinal);
        Assert.Equal(Script, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Writing_keeps_the_mode_and_reverting_gives_the_same_bytes()
    {
        var file = Add("a.sh", Script);
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        File.SetUnixFileMode(file, mode);

        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write })).ExitCode);
        Assert.NotEqual(Script, File.ReadAllBytes(file));
        Assert.Equal(mode, File.GetUnixFileMode(file));
        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Check })).ExitCode);
        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Revert })).ExitCode);

        Assert.Equal(Script, File.ReadAllBytes(file));
        Assert.Equal(mode, File.GetUnixFileMode(file));
        Assert.Equal(1, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Check })).ExitCode);
    }

    [Fact]
    public async Task One_bad_file_does_not_keep_the_others_from_being_done()
    {
        var good = Add("good.sh", Script);
        Add("python.sh", "#!/usr/bin/python3\n# qm create\n"u8.ToArray());
        Add("broken.sh", "#!/bin/bash\necho\nif qm create 1; then\n"u8.ToArray());
        Add("binary.sh", [.. "qm create"u8, 0, 1, 2]);
        using (var huge = File.Create(Path.Combine(folder, "huge.sh")))
            huge.SetLength(50 << 20);

        var (exitCode, _, error) = await PortAsync(new PortRequest { Paths = [folder, Path.Combine(folder, "missing.sh")], Mode = PortMode.Write });

        Assert.Equal(2, exitCode);
        Assert.Contains("good.sh: patched, 19 lines", error, StringComparison.Ordinal);
        Assert.Contains("python.sh: error: '#!/usr/bin/python3' in line 1: not a bash script", error, StringComparison.Ordinal);
        Assert.Contains("broken.sh:3: error: not a bash script that can be read: `if` is never closed", error, StringComparison.Ordinal);
        Assert.Contains("binary.sh: error: a binary, not a bash script", error, StringComparison.Ordinal);
        Assert.Contains("huge.sh: error: has 50.0 MB; a script has at most 1 MB", error, StringComparison.Ordinal);
        Assert.Contains("missing.sh: error: no such file or folder", error, StringComparison.Ordinal);
        Assert.NotEqual(Script, File.ReadAllBytes(good));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing yet\n")]
    public async Task A_file_without_a_command_is_refused(string text)
    {
        var file = Add("empty.sh", System.Text.Encoding.UTF8.GetBytes(text));

        var (exitCode, _, error) = await PortAsync(new PortRequest { Paths = [file] });

        Assert.Equal(1, exitCode);
        Assert.Contains("empty.sh: refused: VMS110: no 'qm create'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_scripts_is_bad_input()
    {
        var (exitCode, _, error) = await PortAsync(new PortRequest { Paths = [folder] });

        Assert.Equal(2, exitCode);
        Assert.Contains($"{folder}: error: no *.sh in this folder or below it", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_without_write_permission_stays_as_it_is()
    {
        var file = Add("a.sh", Script);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);

        var (exitCode, _, error) = await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write });

        Assert.Equal(2, exitCode);
        Assert.Contains("a.sh: error: no permission to write it", error, StringComparison.Ordinal);
        Assert.Equal(Script, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task A_dirty_work_tree_is_refused_but_our_own_patch_does_not_make_it_dirty()
    {
        var file = Add("a.sh", Script);
        var other = Add("README", "one\n"u8.ToArray());
        await GitAsync("init", "-q");
        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.invalid", "commit", "-qm", "first");

        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write })).ExitCode);
        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Revert })).ExitCode);
        Assert.Equal(Script, File.ReadAllBytes(file));
        await File.AppendAllTextAsync(other, "two\n");
        var refused = await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write });
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("uncommitted changes (README)", refused.Error, StringComparison.Ordinal);
        Assert.Equal(Script, File.ReadAllBytes(file));
        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write, AllowDirty = true })).ExitCode);
        Assert.NotEqual(Script, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task A_hand_edit_inside_a_region_is_kept_aside()
    {
        var file = Add("a.sh", Script);
        await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write });
        var patched = File.ReadAllBytes(file);
        var edited = Encoding.UTF8.GetString(patched).Replace("  eval \"${1:-}\"", "  echo mine", StringComparison.Ordinal);
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(edited));

        var (exitCode, _, error) = await PortAsync(new PortRequest { Paths = [file], Mode = PortMode.Write });

        Assert.Equal(0, exitCode);
        Assert.Contains($"region 'section' was edited by hand: kept in {file}.vmrecovery-edit", error, StringComparison.Ordinal);
        Assert.Contains("  echo mine\n", File.ReadAllText(file + ".vmrecovery-edit"), StringComparison.Ordinal);
        Assert.Equal(patched, File.ReadAllBytes(file));
    }

    [Fact]
    public async Task Json_has_every_file_with_its_edits_and_reasons()
    {
        Add("a.sh", Script);
        Add("b.sh", Fixtures.Input("refused", "two-creates"));

        var (exitCode, output, _) = await PortAsync(new PortRequest { Paths = [folder], Json = true });

        Assert.Equal(1, exitCode);
        using var json = JsonDocument.Parse(output);
        var files = json.RootElement.GetProperty("files");
        Assert.Equal("patched", files[0].GetProperty("status").GetString());
        Assert.Equal(4, files[0].GetProperty("edits").GetArrayLength());
        Assert.Equal(("VMS112", "second-create"), (files[1].GetProperty("id").GetString(), files[1].GetProperty("element").GetString()));
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("refused").GetInt32());
    }

    [Fact]
    public async Task Another_folder_gets_the_patched_scripts_and_the_originals_stay()
    {
        var file = Add("vm/a.sh", Script);
        var target = Path.Combine(folder, "result");

        Assert.Equal(0, (await PortAsync(new PortRequest { Paths = [Path.Combine(folder, "vm")], Mode = PortMode.Write, OutputFolder = target })).ExitCode);

        Assert.Equal(Script, File.ReadAllBytes(file));
        Assert.Contains("vm_create_with_recovery", File.ReadAllText(Path.Combine(target, "a.sh")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Add(string name, byte[] content)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, content);
        return file;
    }

    private Task<ProcessOutcome> GitAsync(params string[] arguments) =>
        ProcessRunner.RunAsync("git", ["-C", folder, .. arguments], timeLimit: TimeSpan.FromSeconds(20));

    private static async Task<(int ExitCode, string Output, string Error)> PortAsync(PortRequest request)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await new PortCommand(output, error, () => "").RunAsync(request);
        return (exitCode, output.ToString(), error.ToString());
    }
}
