using System.Text;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Patching;

/// <summary>Runs scripts with small stand-ins for the programs of a node; the library can't be fetched.</summary>
public sealed class FallbackTests : IDisposable
{
    private const string StandIn = """
        #!/bin/bash
        echo "${0##*/} $*" >>"$TEST_FOLDER/calls"
        case "${0##*/} $*" in
        *"vm-core.func"*) [[ -n $TEST_LIBRARY ]] && echo "$TEST_LIBRARY" && exit 0; exit 22 ;;
        *".func"*) exit 22 ;;
        "qm status"*) grep -q '^qm create' "$TEST_FOLDER/calls" || exit 2 ;;
        "pvesm status"*) printf 'Name Type\nlocal dir\n' ;;
        "pvesh get"*) echo 9000 ;;
        esac
        case "${0##*/} $*" in
        "$TEST_FAIL"*) echo "stand-in: failed" >&2; exit 7 ;;
        esac
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("vmrecovery-fallback").FullName;

    public FallbackTests()
    {
        foreach (var program in (string[])["qm", "pvesm", "pvesh", "curl", "wget", "post_to_api_vm", "post_update_to_api", "virt-customize"])
        {
            var file = Path.Combine(folder, program);
            File.WriteAllBytes(file, Encoding.UTF8.GetBytes(StandIn));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public static TheoryData<string, string> Failures
    {
        get
        {
            var data = new TheoryData<string, string>();
            // bash can't run a script with carriage returns; one of the second generation does not work without its library.
            foreach (var script in Fixtures.All("patched").Except(["crlf-with-byte-order-mark", "second-generation"], StringComparer.Ordinal))
            {
                foreach (var failing in (string[])["nothing", "curl -fsSL -o", "qm create", "qm importdisk", "qm set", "qm start", "qm sendkey", "post_update_to_api"])
                    data.Add(script, failing);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Without_the_library_a_patched_script_does_what_it_did_before(string name, string failing)
    {
        var input = Fixtures.Input("patched", name);
        var patched = (await PatchChecks.PatchAsync(input)).After.Raw;

        var before = await RunAsync(input, failing);
        var after = await RunAsync(patched, failing);

        Assert.Equal(before.Calls, after.Calls);
        // The one thing that gets better: a condition as the last statement made a good end look like a failure.
        if (before.Output.EndsWith("ok: Completed successfully\nend: 1\n", StringComparison.Ordinal))
            Assert.Equal(0, after.ExitCode);
        else
            Assert.Equal((before.ExitCode, before.Output), (after.ExitCode, after.Output));
    }

    [Fact]
    public async Task A_vm_core_func_without_recovery_is_not_loaded()
    {
        var input = Fixtures.Input("patched", "first-generation");
        var patched = (await PatchChecks.PatchAsync(input)).After.Raw;

        var before = await RunAsync(input, "nothing");
        var after = await RunAsync(patched, "nothing", "msg_ok() { echo \"somebody else's\"; }; qm destroy 9000");

        Assert.Equal(before, after);
    }

    [Fact]
    public async Task With_the_library_the_section_runs_once_through_it()
    {
        var patched = (await PatchChecks.PatchAsync(
            Fixtures.Input("patched", "first-generation"),
            ["vm_create_with_recovery() {", "  echo \"with recovery: $1, $# argument\"", "  \"$1\"", "}"])).After.Raw;

        var run = await RunAsync(patched, "nothing");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("with recovery: create_this_vm, 1 argument", run.Output, StringComparison.Ordinal);
        Assert.Single(run.Calls.Split('\n'), c => c.StartsWith("qm create", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_library_an_early_failure_leaves_a_foreign_vm_alone()
    {
        var patched = (await PatchChecks.PatchAsync(
            Fixtures.Input("patched", "first-generation"), ["vm_create_with_recovery() {", "  \"$1\"", "}"])).After.Raw;

        var run = await RunAsync(patched, "post_to_api_vm");

        Assert.Equal(7, run.ExitCode);
        Assert.DoesNotContain("qm destroy", run.Calls, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<(int ExitCode, string Output, string Calls)> RunAsync(byte[] script, string failing, string library = "")
    {
        var calls = Path.Combine(folder, "calls");
        File.Delete(calls);
        var environment = new Dictionary<string, string?>
        {
            ["PATH"] = folder + ":" + Environment.GetEnvironmentVariable("PATH"),
            ["TEST_FOLDER"] = folder,
            ["TEST_FAIL"] = failing,
            ["TEST_LIBRARY"] = library,
        };
        var run = await ProcessRunner.RunAsync(
            "bash", ["-c", Encoding.UTF8.GetString(script)], timeLimit: TimeSpan.FromSeconds(30), environment: environment);
        var lines = File.ReadAllLines(calls).Where(l => !l.Contains("vm-core.func", StringComparison.Ordinal));
        // The trap reports the line, and the patch moves lines.
        return (run.ExitCode, Unnumbered(run.Output), string.Join('\n', lines));

        static string Unnumbered(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"line \d+", "line");
    }
}
