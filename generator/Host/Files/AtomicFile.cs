namespace VmRecovery.Host.Files;

/// <summary>The one way in which the tool writes files: whole or not at all.</summary>
/// <remarks>A shell may be reading the old file while it runs; a rename leaves it the old one.</remarks>
internal static class AtomicFile
{
    private const UnixFileMode DefaultMode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Writes <paramref name="content"/>, keeping the mode of a file that is there already.</summary>
    /// <param name="path">The file; a link is followed, so that the link stays one.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="mode">Mode of a new file.</param>
    /// <exception cref="IOException">The folder can't be written; nothing was changed.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode = DefaultMode)
    {
        // Asking a file that does not exist yet where it links to is an error.
        var target = new FileInfo(path) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : Path.GetFullPath(path);
        var directory = Path.GetDirectoryName(target) ?? "/";
        Directory.CreateDirectory(directory);
        if (File.Exists(target))
            mode = File.GetUnixFileMode(target);
        var temporary = Path.Combine(directory, $".{Path.GetFileName(target)}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            File.SetUnixFileMode(temporary, mode);
            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
