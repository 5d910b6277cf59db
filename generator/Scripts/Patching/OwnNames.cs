using System.Text.RegularExpressions;
using VmRecovery.Scripts.Shell;

namespace VmRecovery.Scripts.Patching;

/// <summary>What a script calls the VM's number and the storage of its disks, found by their use.</summary>
/// <param name="Number">The variable that <c>qm create</c> gets; usually <c>VMID</c>.</param>
/// <param name="Storage">The variable that names the storage; usually <c>STORAGE</c>.</param>
internal sealed partial record OwnNames(string Number, string Storage)
{
    private const string UsualNumber = "VMID";
    private const string UsualStorage = "STORAGE";

    /// <summary>The library's names that stand for others in this script, as <c>VMID=VM_ID</c>.</summary>
    public IReadOnlyList<string> Aliases =>
    [
        .. Number == UsualNumber ? Array.Empty<string>() : [$"{UsualNumber}={Number}"],
        .. Storage == UsualStorage ? Array.Empty<string>() : [$"{UsualStorage}={Storage}"],
    ];

    /// <summary>Looks at the commands of a script that creates a VM.</summary>
    public static OwnNames In(ShellScript script)
    {
        var number = Sets(script, UsualNumber) ? null : script.Calls.Where(c => c.Is("qm", "create") && c.Words.Count > 2).Select(c => Variable(c.Words[2])).FirstOrDefault();
        var storage = Sets(script, UsualStorage) || script.Calls.Any(c => c.Name == "vm_select_storage") ? null : StorageVariable(script);
        return new OwnNames(number ?? UsualNumber, storage ?? UsualStorage);
    }

    private static string? StorageVariable(ShellScript script)
    {
        foreach (var call in script.Calls)
        {
            var word = call.Is("pvesm", "alloc") ? 2 : call.Is("qm", "importdisk") ? 4 : call.Is("qm", "disk", "import") ? 5 : -1;
            if (word > 0 && word < call.Words.Count && Variable(call.Words[word]) is { } name)
                return name;
        }
        // A disk as STORAGE:… in the words of qm.
        foreach (var call in script.Calls.Where(c => c.Is("qm", "create") || c.Is("qm", "set")))
        {
            foreach (var word in call.Words.Skip(3))
            {
                if (DiskOnVariable().Match(script.Text.Slice(word.Span)) is { Success: true } disk)
                    return disk.Groups[1].Value;
            }
        }
        return null;
    }

    private static bool Sets(ShellScript script, string variable) =>
        script.Assignments.Any(a => a.Name == variable) || script.Calls.Any(c => c.Name is "read" or "printf" or "mapfile" && c.Words.Any(w => w.FixedText() == variable));

    // "$NAME", $NAME or ${NAME}, and nothing else in the word.
    private static string? Variable(SyntaxNode word)
    {
        while (word is { Kind: "Word" or "DoubleQuoted", Children: [var only] })
            word = only;
        return word is { Kind: "Parameter" } && word.Child("Exp") is null && word.Child("Param")?.Value is { } name && Identifier().IsMatch(name) ? name : null;
    }

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^[""']?\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?:")]
    private static partial Regex DiskOnVariable();
}
