namespace VmRecovery.Tests.CoreLibrary;

/// <summary>Read from a file, the recovery part is parsed when one of its functions is first called.</summary>
public sealed class LateRecoveryTests
{
    /// <summary>All functions as bash has them.</summary>
    private const string Pipe = "all() { bash --norc -c \"$1; unset -f _vm_library _vm_load_recovery _vm_late; declare -f\"; }\n";

    [Fact]
    public async Task After_the_first_call_every_function_is_what_a_pipe_would_have_brought()
    {
        var outcome = await CoreFunctions.RunAsync(Pipe + """
            diff <(all "source '$FOLDER/vm-core.func'; is_unknown_error 1 /dev/null x || :") <(all "source <(cat '$FOLDER/vm-core.func')") | head -n 20
            """);

        Assert.Equal("", outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task Indenting_the_chapters_changed_no_function()
    {
        var outcome = await CoreFunctions.RunAsync(Pipe + """
            cat "$FIXTURES"/../../../../templates/core/*.bash >"$FOLDER/chapters"
            all "source '$FOLDER/chapters'" >"$FOLDER/plain"
            names=$(bash --norc -c "source '$FOLDER/chapters'; compgen -A function" | tr '\n' ' ')
            diff "$FOLDER/plain" <(bash --norc -c "source <(cat '$FOLDER/vm-core.func'); declare -f $names") | head -n 20
            """);

        Assert.Equal("", outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task It_is_found_again_from_another_directory()
    {
        var outcome = await CoreFunctions.RunAsync("""
            cd "$FOLDER" && source vm-core.func && cd /
            echo 'no space left on device' >"$FOLDER/log"
            vm_classify_error 1 "$FOLDER/log" 'qm create 100'
            """);

        Assert.Equal("storage-full\n", outcome.Output);
    }

    [Fact]
    public async Task When_the_file_is_gone_the_script_works_as_it_would_alone_and_says_so()
    {
        var outcome = await CoreFunctions.RunAsync("""
            cp "$FOLDER/vm-core.func" "$FOLDER/other.func"
            source "$FOLDER/other.func"
            rm "$FOLDER/other.func"
            create() { echo created; return 3; }
            vm_create_with_recovery create
            """);

        Assert.Equal(("created\n", 3), (outcome.Output, outcome.ExitCode));
        Assert.Contains("other.func can not be read any more: there is no recovery.\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_recovery_part_alone_brings_none_of_the_other_functions()
    {
        var outcome = await CoreFunctions.RunAsync("""
            bash --norc -c 'source "$0" recovery; declare -F vm_create_with_recovery _vm_recover; declare -F msg_info load_functions cleanup' "$FOLDER/vm-core.func" || :
            """);

        Assert.Equal("vm_create_with_recovery\n_vm_recover\n", outcome.Output);
    }
}
