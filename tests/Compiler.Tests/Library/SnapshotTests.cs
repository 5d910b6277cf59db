using VmRecovery.Compiler;
using System.Text;
using Snapshooter.Xunit3;
using VmRecovery.Model;
using VmRecovery.Model.Menu;
using VmRecovery.Tests.Translation;
using VmRecovery.Compiler.Translation;

namespace VmRecovery.Tests.Generating;

/// <summary>What a change of the policy or of the translator does, to be read in review: __snapshots__.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void The_menu_of_every_class()
    {
        var table = new StringBuilder();
        foreach (var @class in Enum.GetValues<ErrorClass>())
        {
            Row(table, @class, "qm create 100", "", firstBoot: false);
            if (@class is ErrorClass.OutOfMemory or ErrorClass.VirtCustomize)
                Row(table, @class, "virt-customize -a a.qcow2", ", in a script with a first-boot fallback", firstBoot: true);
        }
        Row(table, ErrorClass.Download, "curl a", ", two retries used", firstBoot: true, used: 2);
        Row(table, ErrorClass.VmidConflict, "qm create 100", ", keys were sent", firstBoot: true, keys: true);
        Snapshot.Match(table.ToString(), "menu-of-every-class");
    }

    [Fact]
    public void The_functions_of_a_small_policy()
    {
        var functions = PolicyCompiler.Compile(FixturePolicy.Small());
        Snapshot.Match(string.Join('\n', functions.Select(f => f.Text)), "functions-of-a-small-policy");
    }

    private static void Row(StringBuilder table, ErrorClass @class, string command, string when, bool firstBoot, int used = 0, bool keys = false)
    {
        var situation = new Situation(new Failure(command, 1, new LogText("")), @class, used, 2, keys, firstBoot);
        var options = RecoveryMenu.For(situation).Select(i => VmRecovery.Host.Policy.Vocabulary.Id(i.Option));
        table.Append($"{VmRecovery.Host.Policy.Vocabulary.Id(@class)} ({command.Split(' ')[0]}{when}): {string.Join(' ', options)}\n");
    }
}
