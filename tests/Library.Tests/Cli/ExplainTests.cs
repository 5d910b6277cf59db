using System.Text.Json;
using VmRecovery.Cli;

namespace VmRecovery.Tests.Explaining;

public sealed class ExplainTests
{
    [Fact]
    public async Task A_failure_is_answered_with_class_evidence_menu_and_cleanup()
    {
        var log = Path.GetTempFileName();
        await File.WriteAllTextAsync(log, "importing disk\nlvcreate 'pve/vm-100-disk-0' error:   Volume group \"pve\" has insufficient free space (1 extents): 2 required.\n");

        var (exitCode, output, _) = await Run(["explain", "--command", "qm importdisk 100 a.img local-lvm", "--exit-code", "5", "--log", log]);

        Assert.Equal(0, exitCode);
        Assert.Contains("storage-full", output, StringComparison.Ordinal);
        Assert.Contains("line 2 of the log", output, StringComparison.Ordinal);
        Assert.Contains("other-storage", output, StringComparison.Ordinal);
        Assert.Contains("qm destroy 100 --skiplock 0 --purge 1", output, StringComparison.Ordinal);
        File.Delete(log);
    }

    [Theory]
    [InlineData("curl -fSL -o a https://example.org/a", 6, 1, "retry retry-clean-cache view-log keep abort")]
    [InlineData("curl -fSL -o a https://example.org/a", 6, 3, "keep abort")]
    [InlineData("qm sendkey 100 ret", 255, 1, "keep abort")]
    [InlineData("pvesm alloc local 100 vm-100-disk-0.raw 4M", 255, 1, "retry other-storage retry-settings view-log keep abort")]
    public async Task The_menu_offers_what_fits_the_failure(string command, int status, int attempt, string expected)
    {
        var line = JsonSerializer.Serialize(new { command, exit_code = status, stderr = "", attempt });

        var (_, output, _) = await Run(["explain", "--batch"], line);

        var options = JsonDocument.Parse(output).RootElement.GetProperty("options").EnumerateArray().Select(id => id.GetString());
        Assert.Equal(expected, string.Join(' ', options));
    }

    [Theory]
    [InlineData("docker-vm", true)]
    [InlineData("debian-vm", false)]
    public async Task First_boot_is_offered_where_the_script_has_that_fallback(string script, bool offered)
    {
        var line = JsonSerializer.Serialize(new { command = "virt-customize -a x", exit_code = 1, stderr = "", script });

        var (_, output, _) = await Run(["explain", "--batch"], line);

        Assert.Equal(offered, output.Contains("\"first-boot\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bad_line_of_a_batch_is_named_and_the_others_are_answered()
    {
        var (exitCode, output, error) = await Run(["explain", "--batch"], "{\"command\":\"qm start 100\"}\nnonsense\n{\"command\":\"\"}\n");

        Assert.Equal(2, exitCode);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.StartsWith("stdin:2: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_characters_of_a_log_do_not_reach_the_terminal()
    {
        var log = Path.GetTempFileName();
        await File.WriteAllTextAsync(log, "\u001b]0;owned\u0007can't lock file 'x' - got timeout\n");

        var (_, output, _) = await Run(["explain", "--command", "qm set 100", "--log", log]);

        Assert.DoesNotContain('\u001b', output);
        Assert.Contains("lock-timeout", output, StringComparison.Ordinal);
        File.Delete(log);
    }

    [Theory]
    [InlineData("explain", "nosuch")]
    [InlineData("explain")]
    [InlineData("explain", "--command", "x", "--log", "/nosuch/file")]
    [InlineData("explain", "--command", "x", "--attempt", "0")]
    public async Task Bad_usage_is_one_line_and_exit_code_2(params string[] arguments)
    {
        var (exitCode, output, error) = await Run(arguments);

        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(string[] arguments, string input = "")
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await VmRecoveryCommand.RunAsync(arguments, reader, output, error);
        return (exitCode, output.ToString(), error.ToString());
    }
}
