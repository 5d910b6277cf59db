// bash and shfmt, which the tests compare with, run on Linux.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
