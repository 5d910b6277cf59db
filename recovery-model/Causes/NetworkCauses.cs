using System.Collections.Immutable;

namespace VmRecovery.Model.Causes;

/// <summary>Causes of a network failure.</summary>
public static class NetworkCauses
{
    /// <summary>Every cause, the most telling first.</summary>
    [Tells("no-bridge", "qm start 101", 255,
        "bridge 'vmbr1' does not exist\nstart failed: QEMU exited with code 1",
        "Bridge vmbr1 does not exist on this node.")]
    [Tells("bridge-port", "qm start 101", 255,
        "no physical interface on bridge 'vmbr0'",
        "Bridge vmbr0 has no physical port, which a VLAN tag needs.")]
    [Tells("bridge-down", "qm start 101", 255, "bridge 'vmbr2' is not active", "Bridge vmbr2 is not up.")]
    [Tells("bridge-kind", "qm start 101", 255,
        "bridge 'eth0' is neither a linux nor an OVS bridge!",
        "eth0 is not a bridge.")]
    [Tells("mtu", "qm start 101", 255,
        "netdev net0: MTU '9000' is bigger than the bridge MTU '1500'",
        "The VM's MTU of 9000 is larger than the 1500 of its bridge.")]
    [Tells("bridge-script", "qm start 101", 255,
        "kvm: network script /usr/libexec/qemu-server/pve-bridge failed with status 6400",
        "The VM's network device could not be connected to its bridge.")]
    [Tells("no-name", "apt-get update", 100,
        "Temporary failure resolving 'deb.debian.org'",
        "The node can't resolve the name deb.debian.org.")]
    [Tells("no-route", "ssh host", 255,
        "connect to host 192.0.2.1: No route to host",
        "The node has no route to the server.")]
    [Tells("refused", "nc host 1", 1, "Connection refused", "The server refused or dropped the connection.")]
    [Tells("no-answer", "nc host 1", 1, "Connection timed out", "The server did not answer in time.")]
    [Tells("no-connection", "wget -q https://example.org/a.img", 4, "", "wget could not reach example.org.")]
    [Tells("packages", "apt-get update", 100,
        "E: Failed to fetch http://example.org/x",
        "Packages could not be fetched.")]
    [Tells("script-says", "exit 121", 121, "", "The script found no working connection to the internet.")]
    public static readonly ImmutableArray<Cause> All =
    [
        new("no-bridge", @"bridge '([A-Za-z0-9._-]+)' does not exist",
            "Bridge {1} does not exist on this node.",
            "Create it: System > Network > Create > Linux Bridge. Or choose another for the VM."),
        new("bridge-port", @"no physical interface on bridge '([A-Za-z0-9._-]+)'",
            "Bridge {1} has no physical port, which a VLAN tag needs.",
            "Add a port: System > Network > {1} > Bridge ports. Or leave the VLAN tag out."),
        new("bridge-down", @"bridge '([A-Za-z0-9._-]+)' is not active",
            "Bridge {1} is not up.", "Bring it up: ifup {1}"),
        new("bridge-kind", @"bridge '([A-Za-z0-9._-]+)' is neither",
            "{1} is not a bridge.", "Choose a bridge: System > Network"),
        new("mtu", @"MTU '([0-9]+)' is bigger than the bridge MTU '([0-9]+)'",
            "The VM's MTU of {1} is larger than the {2} of its bridge.",
            "Make it smaller, or raise the bridge's: System > Network"),
        new("no-bridge", @"No network bridge|^exit 116\n",
            "The node has no network bridge.", "Create one: System > Network > Create > Linux Bridge"),
        new("bridge-script", @"network script [^\n]*failed|bridge setting",
            "The VM's network device could not be connected to its bridge.",
            "Check VM > Hardware > Network Device, and System > Network."),
        new("no-name", @"[Rr]esolving '([A-Za-z0-9._-]+)'|resolve host(?: address)?:? '?([A-Za-z0-9._-]+)",
            "The node can't resolve the name {1}{2}.", "Check the DNS servers of this node: System > DNS"),
        new("no-name", @"in name resolution|service not known", "The node can't resolve a name."),
        new("no-route", @"[Nn]etwork is unreachable|[Nn]o route to host",
            "The node has no route to the server.", "Check gateway and cable: System > Network, ip route"),
        new("refused", @"[Cc]onnection refused|[Cc]onnection reset", "The server refused or dropped the connection."),
        new("no-answer", @"[Cc]onnection timed out", "The server did not answer in time."),
        new("no-connection", @"^wget [^\n:]*://([A-Za-z0-9._-]+)", "wget could not reach {1}."),
        new("no-connection", @"^wget ", "wget could not reach the server."),
        new("packages", @"Failed to fetch ", "Packages could not be fetched."),
        new("script-says", @"^exit (?:121|122)\n", "The script found no working connection to the internet."),
    ];
}
