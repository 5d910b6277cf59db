// The tool works on Proxmox nodes and on the Linux machines of CI: bash, file modes and links are there.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
