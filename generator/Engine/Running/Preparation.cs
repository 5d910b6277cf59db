using VmRecovery.Engine.Deciding;
using System.Globalization;
using System.Text.RegularExpressions;
using VmRecovery.Engine.Asking;
using VmRecovery.Engine.Calls;
using VmRecovery.Engine.Cleaning;
using VmRecovery.Engine.Effects;
using VmRecovery.Model.Flow;
using VmRecovery.Model.Ownership;
using VmRecovery.Model.Settings;

namespace VmRecovery.Engine.Running;

/// <summary>Makes the next attempt's settings from a choice.</summary>
/// <param name="calls">The attempt's calls: their words get the new settings.</param>
/// <param name="belongings">What is the run's.</param>
/// <param name="node">The node.</param>
/// <param name="ask">Who is asked; null when nobody is to be.</param>
/// <param name="say">Tells the user.</param>
internal sealed partial class Preparation(
    WatchedCalls calls, Belongings belongings, INodeView node, ITerminal? ask, Action<string> say)
{
    /// <summary>Memory for the image tools, in MiB; 0 for their own default.</summary>
    public int ImageToolsMemory { get; private set; }

    /// <summary>Whether the command's own fallback to the first boot is wanted.</summary>
    public bool FirstBoot { get; private set; }

    /// <summary>Why the last choice could not be carried out; empty when the user went back.</summary>
    public string Notice { get; private set; } = "";

    private ObservedSettings Settings => calls.Settings;

    private Replacement Chosen
    {
        get => calls.Replacement;
        set => calls.Replacement = value with { Original = Settings };
    }

    /// <summary>The number that the command's VM has, or gets.</summary>
    private string Vmid => Chosen.Vmid ?? Settings.Vmid;

    /// <summary>Whether an option can change anything here.</summary>
    public bool CanAct(string option) => option switch
    {
        "retry-settings" => Settings.Memory > 0 || Settings.Cores > 0 || Settings.Disk is not null,
        "other-storage" => Settings.Storage.Length > 0,
        "shrink-disk" => (Chosen.Disk ?? Settings.Disk) is { CanBeLess: true },
        "less-memory" => Memory.CanBeLess(Chosen.Memory ?? Settings.Memory),
        "other-vmid" => Settings.Vmid.Length > 0,
        "destroy-existing" => Settings.Vmid.Length > 0 && ask is not null,
        "free-volume" => false,
        _ => true,
    };

    /// <summary>Carries out a choice, up to the clean-up.</summary>
    public FlowEvent Carry(string option)
    {
        Notice = "";
        return option switch
        {
            "retry-settings" => ChangeSettings(),
            "retry-clean-cache" => DropDownloads(),
            "other-storage" => ChangeStorage(),
            "shrink-disk" => AskDisk(((Chosen.Disk ?? Settings.Disk)?.Less)!, "The disk gets a size of"),
            "other-vmid" => ChangeVmid(),
            "destroy-existing" => DestroyExisting(),
            "first-boot" => WantFirstBoot(),
            "less-memory" => HalveMemory(),
            "more-memory" => DoubleImageTools(),
            _ => FlowEvent.Prepared,
        };
    }

    private FlowEvent Refuse(string why)
    {
        say(why);
        Notice = why;
        return FlowEvent.Refused;
    }

    private FlowEvent WantFirstBoot()
    {
        FirstBoot = true;
        return FlowEvent.Prepared;
    }

    private FlowEvent DropDownloads()
    {
        calls.Kept.Forget(_ => true);
        return FlowEvent.Prepared;
    }

    private FlowEvent HalveMemory()
    {
        var memory = Chosen.Memory ?? Settings.Memory;
        if (!Memory.CanBeLess(memory))
            return Refuse("The VM's memory can't be less.");
        Chosen = Chosen with { Memory = Memory.Less(memory) };
        say(string.Create(CultureInfo.InvariantCulture, $"The VM gets {Chosen.Memory} MiB of memory."));
        return FlowEvent.Prepared;
    }

    private FlowEvent DoubleImageTools()
    {
        if (ImageToolsMemory == 0)
            ImageToolsMemory = int.TryParse(ProcessEnvironment.Get("LIBGUESTFS_MEMSIZE"), CultureInfo.InvariantCulture, out var own) && own is > 0 and < 10_000_000
                ? own
                : Memory.ImageToolsDefault;
        ImageToolsMemory = Memory.MoreForImageTools(ImageToolsMemory);
        return FlowEvent.Prepared;
    }

    private FlowEvent ChangeSettings()
    {
        var text = "The VM gets:";
        if (Settings.Memory > 0)
        {
            if (AskNumber("Memory in MiB", Chosen.Memory ?? Settings.Memory, "2048") is not var (memory, left))
                return FlowEvent.KeepChosen;
            if (left)
                return FlowEvent.Refused;
            Chosen = Chosen with { Memory = memory };
            text += string.Create(CultureInfo.InvariantCulture, $" memory {memory} MiB");
        }
        if (Settings.Cores > 0)
        {
            if (AskNumber("CPU cores", Chosen.Cores ?? Settings.Cores, "2") is not var (cores, left))
                return FlowEvent.KeepChosen;
            if (left)
                return FlowEvent.Refused;
            Chosen = Chosen with { Cores = cores };
            text += string.Create(CultureInfo.InvariantCulture, $" cores {cores}");
        }
        return (Chosen.Disk ?? Settings.Disk) is { } disk ? AskDisk(disk, text + " disk") : Done(text);
    }

    private FlowEvent Done(string text)
    {
        say(text);
        return FlowEvent.Prepared;
    }

    private (int Number, bool Left)? AskNumber(string title, int proposal, string example)
    {
        var answer = AskValue(title, proposal.ToString(CultureInfo.InvariantCulture), NumberPattern(), $"Only a number, such as {example}.");
        if (answer.Reply == Reply.None)
            return null;
        return answer.Reply == Reply.No ? (0, true) : (int.Parse(answer.Text, CultureInfo.InvariantCulture), false);
    }

    private FlowEvent AskDisk(DiskSize proposal, string text)
    {
        var unit = proposal.Unit;
        var answer = AskValue("Disk size", proposal.Print(), new Regex($"^[1-9][0-9]{{0,5}}({(unit.Length > 0 ? unit : "G")})?$"), $"Only a number, such as 8{unit}.");
        if (answer.Reply != Reply.Yes)
            return answer.Reply == Reply.None ? FlowEvent.KeepChosen : FlowEvent.Refused;
        var number = long.Parse(answer.Text.TrimEnd('G', 'M', 'K', 'T'), CultureInfo.InvariantCulture);
        Chosen = Chosen with { Disk = new DiskSize(number, unit) };
        // A customized image has the old size.
        calls.Fetches.ForgetCustomized();
        return Done($"{text} {Chosen.Disk!.Print()}");
    }

    private Answer AskValue(string title, string proposal, Regex pattern, string hint)
    {
        if (ask is null)
            return new Answer(Reply.Yes, proposal);
        for (var complaint = ""; ; complaint = hint + " ")
        {
            var answer = ask.Value(complaint + title, proposal);
            if (answer.Reply != Reply.Yes || pattern.IsMatch(answer.Text))
                return answer;
            proposal = answer.Text;
        }
    }

    private FlowEvent ChangeStorage()
    {
        if (node.Storages() is not { } all)
            return Refuse("The node does not say which storages it has.");
        var current = Chosen.Storage ?? Settings.Storage;
        var others = all.Where(s => s.IsActive && s.Name != current).OrderByDescending(s => s.FreeKib).ToList();
        if (others.Count == 0)
            return Refuse("There is no other storage for disks.");
        var chosen = others[0];
        if (others.Count > 1 && ask is not null)
        {
            var (height, width) = ask.Size;
            var answer = ask.Choose(
                "RECOVERY: storage", "Where should the disks go?", Math.Min(height, 16), Math.Min(width, 70),
                [.. others.Select(s => new MenuEntry(s.Name, string.Create(CultureInfo.InvariantCulture, $"{s.Type}, {s.FreeKib / 1048576} GiB free")))]);
            if (answer.Reply != Reply.Yes)
                return answer.Reply == Reply.None ? FlowEvent.KeepChosen : FlowEvent.Refused;
            chosen = others.First(s => s.Name == answer.Text);
        }
        Chosen = chosen.Name == Settings.Storage
            ? Chosen with { Storage = null }
            : Chosen with { Storage = chosen.Name, StorageHasFiles = chosen.HasFiles };
        return Done($"Using storage {chosen.Name}");
    }

    private FlowEvent ChangeVmid()
    {
        if (node.NextId() is not { } next || !long.TryParse(next, CultureInfo.InvariantCulture, out var number))
            return Refuse("The node does not say which VM IDs are free.");
        // It may offer the number again whose volumes are in the way.
        while (number.ToString(CultureInfo.InvariantCulture) == Vmid || node.Configs().Any(c => c.Vmid == number.ToString(CultureInfo.InvariantCulture)))
            number++;
        var proposal = number.ToString(CultureInfo.InvariantCulture);
        for (var complaint = ""; ;)
        {
            var answer = AskValue(complaint + "VM ID", proposal, VmidPattern(), "Only a number from 100 on.");
            if (answer.Reply != Reply.Yes)
                return answer.Reply == Reply.None ? FlowEvent.KeepChosen : FlowEvent.Refused;
            if (!node.Exists(answer.Text))
            {
                Chosen = Chosen with { Vmid = answer.Text };
                return Done($"Using VM ID {answer.Text}");
            }
            complaint = $"{answer.Text} is taken, or the node does not answer. ";
            if (ask is null)
                return Refuse(complaint.TrimEnd());
        }
    }

    /// <summary>Shows the VM that has the number, and asks with No as default. Only an explicit yes removes it.</summary>
    private FlowEvent DestroyExisting()
    {
        if (ask is null)
            return FlowEvent.KeepChosen;
        var config = new MachineConfig(node.Config(Vmid));
        if (node.Status(Vmid) is not { } status)
            return Refuse($"{Vmid} is no VM of this node but a container, or on another node: it stays.");
        if (config.Current.FirstOrDefault(l => l is "protection: 1" || l.StartsWith("lock: ", StringComparison.Ordinal)) is { } guard)
            return Refuse($"VM {Vmid} ('{config.Name}') has '{guard}' and stays. See qm set {Vmid} --protection 0, or qm unlock {Vmid}");
        var origin = belongings.Machine(Vmid).IsOurs ? "" : "\nIt was not made by this run.";
        var answer = ask.Confirm(
            $"RECOVERY: destroy VM {Vmid}?", $"VM {Vmid} is '{config.Name}', {status}.{origin}\n\nDestroy it with all its disks?", isYesDefault: false);
        if (answer.Reply != Reply.Yes)
            return answer.Reply == Reply.No ? Refuse($"VM {Vmid} is not destroyed.") : FlowEvent.KeepChosen;
        // The question may have waited for hours.
        var now = new MachineConfig(node.Config(Vmid));
        if (now.Identity != config.Identity || now.Name != config.Name)
            return Refuse($"VM {Vmid} is not the one that was shown any more: it stays.");
        node.Run("qm", "stop", Vmid);
        node.Run("qm", "destroy", Vmid, "--purge", "1");
        return node.Exists(Vmid) ? Refuse($"VM {Vmid} could not be destroyed; the log says why.") : FlowEvent.Prepared;
    }

    [GeneratedRegex("^[1-9][0-9]{0,8}$")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^[1-9][0-9]{2,8}$")]
    private static partial Regex VmidPattern();
}
