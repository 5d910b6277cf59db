namespace VmRecovery.Tests.CoreLibrary;

/// <summary>The questions: what they ask, and what the answers become.</summary>
public sealed class DialogTests
{
    [Theory]
    [InlineData("vm_prompt_vmid 105", "120", "VMID=120")]
    [InlineData("vm_prompt_vmid 105", "=", "VMID=100")]
    [InlineData("vm_prompt_vmid", "121", "VMID=121")]
    [InlineData("vm_prompt_vmid 105", "200|300|122", "VMID=122")]
    [InlineData("vm_prompt_vmid 105", "abc|ok|99|ok|123", "VMID=123")]
    [InlineData("vm_prompt_machine_type", "q35", "MACHINE_TYPE=q35;FORMAT=;MACHINE= -machine q35")]
    [InlineData("vm_prompt_machine_type q35", "i440fx", "MACHINE_TYPE=i440fx;FORMAT=,efitype=4m;MACHINE=")]
    [InlineData("vm_apply_machine_type", "", "MACHINE_TYPE=i440fx;FORMAT=,efitype=4m;MACHINE=")]
    [InlineData("vm_prompt_disk_size", "12", "DISK_SIZE=12G")]
    [InlineData("vm_prompt_disk_size 4G", "1 6G", "DISK_SIZE=16G")]
    [InlineData("vm_prompt_disk_cache", "1", "DISK_CACHE=cache=writethrough,")]
    [InlineData("vm_prompt_disk_cache writethrough", "0", "DISK_CACHE=")]
    [InlineData("vm_prompt_hostname", "=", "HN=vm")]
    [InlineData("vm_prompt_hostname docker", "Web", "HN=web")]
    [InlineData("vm_prompt_hostname docker", "My  Web_1-|ok", "HN=my-web-1")]
    [InlineData("vm_prompt_hostname docker", "___|ok", "HN=docker")]
    [InlineData("vm_prompt_cpu_model", "1", "CPU_TYPE= -cpu host")]
    [InlineData("vm_prompt_cpu_model host", "0", "CPU_TYPE=")]
    [InlineData("vm_prompt_cpu_cores 4", "=", "CORE_COUNT=4")]
    [InlineData("vm_prompt_cpu_cores", "0|ok|x|ok|8", "CORE_COUNT=8")]
    [InlineData("vm_prompt_ram", "=", "RAM_SIZE=2048")]
    [InlineData("vm_prompt_ram 4096", "1.5|ok|8192", "RAM_SIZE=8192")]
    [InlineData("vm_prompt_bridge", "=", "BRG=vmbr0")]
    [InlineData("vm_prompt_bridge", "vmbr7", "BRG=vmbr7")]
    [InlineData("GEN_MAC=02:AA; vm_prompt_mac", "=", "MAC=02:AA")]
    [InlineData("vm_prompt_mac 02:AA", "02:zz|ok|02:11:22:33:44:5f", "MAC=02:11:22:33:44:5f")]
    [InlineData("vm_prompt_vlan", "=", "VLAN=")]
    [InlineData("vm_prompt_vlan", "0|ok|4095|ok|99999999999999999999|ok|42", "VLAN=,tag=42")]
    [InlineData("vm_prompt_mtu", "=", "MTU=")]
    [InlineData("vm_prompt_mtu", "575|ok|1400", "MTU=,mtu=1400")]
    [InlineData("vm_prompt_start_vm", "yes", "START_VM=yes")]
    [InlineData("vm_prompt_start_vm no", "no", "START_VM=no")]
    [InlineData("configure_cloud_init_interactive() { CLOUDINIT_ENABLE=yes; }; configure_cloudinit_ssh_keys() { KEYS=$USE_CLOUD_INIT; }; vm_prompt_cloud_init", "", "USE_CLOUD_INIT=yes;KEYS=yes")]
    [InlineData("vm_prompt_cloud_init || STATUS=$?", "", "USE_CLOUD_INIT=no;STATUS=1")]
    public async Task An_answer_becomes_the_settings_of_the_script(string call, string answers, string settings)
    {
        var names = settings.Split(';').Select(s => s.Split('=')[0]);
        var show = string.Join(';', names.Select(n => $"{n}=${{{n}}}"));

        var outcome = await CoreFunctions.RunAsync($"{{ {call}; }} >/dev/null\necho \"{show}\"", answers);

        Assert.Equal((settings + "\n", 0), (outcome.Output, outcome.ExitCode));
        Assert.DoesNotContain("UNPLANNED DIALOG", outcome.Dialogs);
    }

    [Theory]
    [InlineData("vm_prompt_vmid 105", "--title|VIRTUAL MACHINE ID|--cancel-button|Exit-Script|--inputbox|Set Virtual Machine ID|8|58|105|")]
    [InlineData("vm_prompt_machine_type q35", "|MACHINE TYPE|--cancel-button|Exit-Script|--radiolist|Choose Type|10|58|2|i440fx|Machine i440fx|OFF|q35|Machine q35|ON|")]
    [InlineData("vm_prompt_disk_size '' 'How big?'", "|DISK SIZE|--cancel-button|Exit-Script|--inputbox|How big?|8|58|8G|")]
    [InlineData("vm_prompt_disk_cache", "|DISK CACHE|--cancel-button|Exit-Script|--radiolist|Choose|10|58|2|0|None (Default)|ON|1|Write Through|OFF|")]
    [InlineData("vm_prompt_hostname", "|HOSTNAME|--cancel-button|Exit-Script|--inputbox|Set Hostname|8|58|vm|")]
    [InlineData("vm_prompt_cpu_model host", "|CPU MODEL|--cancel-button|Exit-Script|--radiolist|Choose|10|58|2|0|KVM64 (Default)|OFF|1|Host|ON|")]
    [InlineData("vm_prompt_cpu_cores 6", "|CORE COUNT|--cancel-button|Exit-Script|--inputbox|Allocate CPU Cores|8|58|6|")]
    [InlineData("vm_prompt_ram", "|RAM|--cancel-button|Exit-Script|--inputbox|Allocate RAM in MiB|8|58|2048|")]
    [InlineData("vm_prompt_bridge", "|BRIDGE|--cancel-button|Exit-Script|--inputbox|Set a Bridge|8|58|vmbr0|")]
    [InlineData("vm_prompt_mac 02:AA", "|MAC ADDRESS|--cancel-button|Exit-Script|--inputbox|Set a MAC Address|8|58|02:AA|")]
    [InlineData("vm_prompt_vlan 7", "|VLAN|--cancel-button|Exit-Script|--inputbox|Set a Vlan (leave blank for default)|8|58|7|")]
    [InlineData("vm_prompt_mtu", "|MTU SIZE|--cancel-button|Exit-Script|--inputbox|Set Interface MTU Size (leave blank for default)|8|58||")]
    public async Task Cancel_leaves_the_script_with_status_0(string call, string words)
    {
        foreach (var answer in new[] { "cancel", "esc" })
        {
            var outcome = await CoreFunctions.RunAsync(call + "\necho not reached", answer);

            Assert.Contains(words, Assert.Single(outcome.Dialogs), StringComparison.Ordinal);
            Assert.StartsWith("--backtitle|Proxmox VE Helper Scripts|", outcome.Dialogs[0], StringComparison.Ordinal);
            Assert.Contains("User exited script", outcome.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("not reached", outcome.Output, StringComparison.Ordinal);
            Assert.Equal(0, outcome.ExitCode);
        }
    }

    [Theory]
    [InlineData("vm_confirm_new_vm 'Docker VM' 'Proceed?'", "--title|Docker VM|--yesno|Proceed?|10|58|")]
    [InlineData("vm_confirm_new_vm T M 12 70", "--title|T|--yesno|M|12|70|")]
    [InlineData("vm_choose_settings_mode", "--title|SETTINGS|--no-button|Advanced|--yesno|Use Default Settings?|10|58|")]
    [InlineData("vm_confirm_advanced_settings Ready?", "--title|ADVANCED SETTINGS COMPLETE|--no-button|Do-Over|--yesno|Ready?|10|58|")]
    public async Task A_confirmation_hands_back_the_dialogs_status(string call, string words)
    {
        foreach (var (answer, status) in new[] { ("yes", 0), ("no", 1), ("esc", 255) })
        {
            var outcome = await CoreFunctions.RunAsync(call, answer);

            Assert.EndsWith(words, Assert.Single(outcome.Dialogs), StringComparison.Ordinal);
            Assert.Equal(status, outcome.ExitCode);
        }
    }

    [Fact]
    public async Task The_id_of_somebody_elses_vm_never_becomes_VMID()
    {
        var outcome = await CoreFunctions.RunAsync("VMID=; trap 'echo \"end [$VMID]\"' EXIT\nvm_prompt_vmid 105", "200|cancel");

        Assert.EndsWith("end []\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("ID 200 is already in use", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_size_that_is_no_number_ends_the_script()
    {
        var outcome = await CoreFunctions.RunAsync("vm_prompt_disk_size\necho not reached", "10T");

        Assert.Contains("Invalid Disk Size", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("not reached", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_is_shown_behind_its_icon()
    {
        var outcome = await CoreFunctions.RunAsync("color; formatting; icons; vm_prompt_cpu_cores | cat -v", "3");

        Assert.EndsWith("^[[1m^[[32mCPU Cores: ^[[4;92m3^[[m\n", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Web", "web")]
    [InlineData("--A__b..C--", "a-b-c")]
    [InlineData("grün", "gr-n")]
    [InlineData("", "")]
    [InlineData("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgg-hh", "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffffgg")]
    public async Task A_host_name_is_made_fit(string name, string expected) =>
        Assert.Equal(expected + "\n", (await CoreFunctions.RunAsync($"sanitize_vm_hostname '{name}'")).Output);

    [Fact]
    public async Task Machine_types_have_names_for_people() =>
        Assert.Equal("Q35 (Modern)\ni440fx\ni440fx\n", (await CoreFunctions.RunAsync("vm_machine_type_label q35; vm_machine_type_label i440fx; vm_machine_type_label")).Output);
}
