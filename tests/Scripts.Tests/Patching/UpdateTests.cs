using System.Text;
using VmRecovery.Scripts.Patching;

namespace VmRecovery.Tests.Patching;

[NeedsProcess]
public sealed class UpdateTests
{
    [Fact]
    public async Task Edits_elsewhere_in_a_patched_script_survive_an_update_and_a_revert()
    {
        var patched = await PatchedAsync();
        var edited = patched
            .Replace("curl -fsSL -o image.qcow2", "# a faster mirror\ncurl -fsSL --retry 3 -o image.qcow2", StringComparison.Ordinal)
            .Replace("  HN=tiny\n", "  HN=small\n", StringComparison.Ordinal)
            + "echo \"added behind the patch\"\n";

        var update = await PatchChecks.PatchAsync(Encoding.UTF8.GetBytes(edited));
        var after = Encoding.UTF8.GetString(update.After.Raw);

        Assert.Equal(PatchStatus.Patched, update.Status);
        Assert.Empty(update.HandEdits);
        Assert.Contains("--retry 3", after, StringComparison.Ordinal);
        Assert.True(
            after.IndexOf("added behind", StringComparison.Ordinal) < after.IndexOf("# >>> vmrecovery run", StringComparison.Ordinal),
            "what was added at the end belongs to the section");
        Assert.EndsWith("echo \"added behind the patch\"\n", Encoding.UTF8.GetString(ScriptPatcher.Revert(update.After).After.Raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_inside_a_region_is_noticed_and_handed_over()
    {
        var edited = (await PatchedAsync()).Replace(
            "  vm_create_with_recovery create_this_vm\n", "  VM_RECOVERY=keep vm_create_with_recovery create_this_vm\n", StringComparison.Ordinal);

        var update = await PatchChecks.PatchAsync(Encoding.UTF8.GetBytes(edited));

        var edit = Assert.Single(update.HandEdits);
        Assert.Equal("run", edit.Name);
        Assert.Contains("  VM_RECOVERY=keep vm_create_with_recovery create_this_vm", edit.Lines);
        Assert.Equal(await PatchedAsync(), Encoding.UTF8.GetString(update.After.Raw));
    }

    [Fact]
    public async Task A_patched_file_that_git_gave_other_line_endings_was_not_edited_by_hand()
    {
        var crlf = Encoding.UTF8.GetBytes((await PatchedAsync()).Replace("\n", "\r\n", StringComparison.Ordinal));

        var update = await PatchChecks.PatchAsync(crlf);

        Assert.Equal(PatchStatus.Unchanged, update.Status);
        Assert.Empty(update.HandEdits);
    }

    [Fact]
    public async Task A_script_that_calls_the_library_by_itself_is_left_alone()
    {
        var script = Encoding.UTF8.GetBytes("#!/bin/bash\nbuild() {\n  qm create \"$VMID\"\n}\nvm_create_with_recovery build\n");

        var outcome = await PatchChecks.PatchAsync(script);

        Assert.Equal(PatchStatus.Unchanged, outcome.Status);
        Assert.Equal(script, outcome.After.Raw);
    }

    private static async Task<string> PatchedAsync() =>
        Encoding.UTF8.GetString((await PatchChecks.PatchAsync(Fixtures.Input("patched", "first-generation"))).After.Raw);
}
