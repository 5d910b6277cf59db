using System;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace VmRecovery.Model.Commands;

/// <summary>Calls of <c>pvesh</c>, which reach the same as <c>qm</c> and <c>pvesm</c> by paths of the API.</summary>
internal sealed record ApiCall
{
    private const string Guests = "^/?nodes/[^/]+/qemu/?$";
    private const string Guest = "^/?nodes/[^/]+/qemu/([0-9]+)/?$";
    private const string Action = "^/?nodes/[^/]+/qemu/([0-9]+)/(.+)$";

    /// <summary>Reads a call of pvesh as the qm command that does the same.</summary>
    internal static CommandCall Read(ImmutableArray<string> words)
    {
        var method = words.Length > 1 ? words[1] : "";
        var path = words.Length > 2 ? words[2] : "";
        var call = new CommandCall(words, "pvesh " + method, CommandKind.Changes, [], null);
        if (method is "get" or "ls" or "help" or "usage")
            return call with { Kind = CommandKind.Query };
        if (method is "create" && new Regex(Guests).IsMatch(path))
            return As(call, call.Option("archive").Length > 0 ? "qmrestore" : "qm create", call.Option("vmid"));
        if (method is "delete" && new Regex(Guest).Match(path) is { Success: true } guest)
            return As(call, "qm destroy", guest.Groups[1].Value);
        if (method is "set" && new Regex(Action).Match(path) is { Success: true } set)
            return As(call, set.Groups[2].Value is "resize" ? "qm disk resize" : "qm set", set.Groups[1].Value);
        if (method is "create" && new Regex(Action).Match(path) is { Success: true } action)
            return Act(call, action.Groups[1].Value, action.Groups[2].Value);
        return method is "delete" && path.Contains("/content/", StringComparison.Ordinal)
            ? call with { Verb = "pvesm free", Kind = CommandKind.Removes, Operands = [path[(path.LastIndexOf("/content/", StringComparison.Ordinal) + 9)..]] }
            : call;
    }

    private static CommandCall Act(CommandCall call, string vmid, string action) => action switch
    {
        "clone" => As(call, "qm clone", call.Option("newid")),
        "template" => As(call, "qm template", vmid),
        "config" => As(call, "qm set", vmid),
        "status/start" => As(call, "qm start", vmid),
        "status/stop" => As(call, "qm stop", vmid),
        "status/shutdown" => As(call, "qm shutdown", vmid),
        "sendkey" => As(call, "qm sendkey", vmid),
        _ => As(call, "qm " + action, vmid),
    };

    private static CommandCall As(CommandCall call, string spelling, string vmid)
    {
        var row = NodeVerb.Find(spelling);
        var operands = row?.Vmid is 1 ? ImmutableArray.Create("", vmid) : [vmid];
        return call with { Verb = row?.Name ?? spelling, Kind = row?.Kind ?? CommandKind.Changes, Operands = operands, Row = row };
    }
}
