using System.Text.Json;
using System.Text.RegularExpressions;
using VmRecovery.Host.Processes;

namespace VmRecovery.Tests.Recovery;

/// <summary>The library's own names, and those of a script that has the same ideas.</summary>
public sealed partial class NamesTests
{
    private const int TimeLimit = 30_000;

    /// <summary>Functions of the recovery part that scripts and users call (contract, section 6).</summary>
    private static readonly string[] Public =
    [
        "vm_create_with_recovery", "vm_error_handler_with_recovery", "vm_show_recovery_menu", "vm_classify_error",
        "is_download_error", "is_disk_import_error", "is_virt_customize_err", "is_vmid_conflict", "is_storage_full", "is_storage_missing",
        "is_lock_timeout", "is_network_error", "is_out_of_memory", "is_permission_error", "is_unknown_error", "is_user_abort", "is_vm_start_error",
    ];

    [Fact(Timeout = TimeLimit)]
    public async Task Every_variable_that_the_library_sets_begins_with_an_underscore_or_is_in_capitals()
    {
        var names = (await SyntaxAsync()).SelectMany(Assigned).Where(n => n is not ("i" or "var_verbose")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

        Assert.Contains("_text", names);
        // ProxmoxVE has `i` and `var_verbose` in public.
        Assert.DoesNotContain(names, n => !OutOfTheWay().IsMatch(n));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task Every_function_of_the_recovery_part_has_a_public_name_or_a_prefix()
    {
        var run = await LibraryShell.RunAsync("declare -F");
        var names = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l["declare -f ".Length..]).ToList();

        Assert.Equal(
            Public.Order(StringComparer.Ordinal),
            names.Where(n => !n.StartsWith("_vm_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Theory(Timeout = TimeLimit)]
    [InlineData("readonly _text=1", "_text")]
    [InlineData("declare -ir _status=3", "_status")]
    [InlineData("readonly -a _lines=(a b)", "_lines")]
    [InlineData("readonly IFS", "IFS")]
    [InlineData("readonly _text", "_text")]
    public async Task A_readonly_name_of_the_librarys_is_said_before_anything_is_made(string line, string name)
    {
        var run = await LibraryShell.RunAsync(line + "\ncreate_vm() { qm create 100; }\nVMID=100\nvm_create_with_recovery create_vm\necho went on");

        Assert.Equal(
            (2, "", $"vm_create_with_recovery: the script has made {name} readonly, which recovery sets; give it another name there.\n"),
            (run.ExitCode, run.Output, run.Error));
    }

    [Fact(Timeout = TimeLimit)]
    public async Task A_readonly_name_that_only_looks_like_one_of_the_librarys_is_no_reason()
    {
        var run = await LibraryShell.RunAsync("readonly _mine=1 text=2\ncreate_vm() { echo \"$_mine $text\"; }\nVMID=100\nvm_create_with_recovery create_vm");

        Assert.Equal((0, "1 2\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    private static async Task<List<JsonElement>> SyntaxAsync()
    {
        var run = await ProcessRunner.RunAsync("bash", ["-c", "exec shfmt -ln bash --to-json <\"$0\"", Checkout.Library]);
        return [.. Below(JsonDocument.Parse(run.Output).RootElement)];
    }

    private static IEnumerable<JsonElement> Below(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Below(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Below),
        _ => [],
    };

    private static IEnumerable<string> Assigned(JsonElement node)
    {
        switch (Text(node, "Type"))
        {
            case "WordIter":
                return [node.GetProperty("Name").GetProperty("Value").GetString()!];
            case "DeclClause":
                var flags = Items(node, "Args").Select(Literal).ToList();
                return flags.Contains("-F") || flags.Contains("-f") ? [] : Names(node, "Args");
            case "CallExpr":
                var words = Items(node, "Args").Select(Literal).ToList();
                var read = words is ["read" or "mapfile", ..] ? words.Skip(1).Where(w => Name().IsMatch(w)) : [];
                return Names(node, "Assigns").Concat(read).Concat(words is ["printf", "-v", var target, ..] && target.Length > 0 ? [target] : []);
            default:
                return [];
        }
    }

    private static JsonElement[] Items(JsonElement node, string property) =>
        node.TryGetProperty(property, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static IEnumerable<string> Names(JsonElement node, string property) =>
        Items(node, property).Where(a => a.TryGetProperty("Name", out var name) && name.ValueKind == JsonValueKind.Object)
            .Select(a => a.GetProperty("Name").GetProperty("Value").GetString()!);

    private static string Literal(JsonElement word)
    {
        if (word.TryGetProperty("Value", out var value) && value.ValueKind == JsonValueKind.Object)
            word = value;
        return Items(word, "Parts") is [var part] && Text(part, "Type") == "Lit" ? Text(part, "Value") : "";
    }

    private static string Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    [GeneratedRegex("^(_|[A-Z][A-Z0-9_]*$)")]
    private static partial Regex OutOfTheWay();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex Name();
}
