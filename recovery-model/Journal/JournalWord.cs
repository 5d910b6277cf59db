namespace VmRecovery.Model.Journal;

/// <summary>What a line of a run's journal says. Each line is a word, a tab and a value.</summary>
internal enum JournalWord
{
    /// <summary>No word of ours: a line that was cut off, or a later version's.</summary>
    [Id("unknown", "a line that nobody understands")]
    Unknown,

    /// <summary>A command that makes a VM begins.</summary>
    [Id("creating", "number, name: a command that makes this VM begins")]
    Creating,

    /// <summary>It failed: a VM with this number is another's.</summary>
    [Id("not-created", "number: it failed; a VM with this number is another's")]
    NotCreated,

    /// <summary>It succeeded.</summary>
    [Id("vm", "number: it succeeded")]
    Vm,

    /// <summary>Tells the VM from a later one with its number.</summary>
    [Id("identity", "number, creation time and generation id: tells the VM from a later one with its number")]
    Identity,

    /// <summary>A command said that it made this volume.</summary>
    [Id("volume", "volume id: a command said that it made this volume")]
    Volume,

    /// <summary>A volume was made under this name.</summary>
    [Id("name", "storage:name: a volume was made there under this name")]
    Name,

    /// <summary><c>pvesm alloc</c> begins.</summary>
    [Id("alloc", "storage:name: pvesm alloc begins")]
    Alloc,

    /// <summary><c>pvesm alloc</c> ended.</summary>
    [Id("alloc-ended", "storage:name: pvesm alloc ended")]
    AllocEnded,

    /// <summary>A command that makes volumes of unknown names begins.</summary>
    [Id("import", "storage:number: a command begins that makes volumes whose names only its end tells")]
    Import,

    /// <summary>It ended, and its volumes are known.</summary>
    [Id("import-ended", "storage:number: it ended, and its volumes are known")]
    ImportEnded,

    /// <summary>A file that is the run's.</summary>
    [Id("file", "path: a download, or the content of one")]
    File,

    /// <summary>A file between download and import; goes even when the VM is kept.</summary>
    [Id("work", "path: a file between download and import; goes even when the VM is kept")]
    Work,

    /// <summary>Half a download, or the second name of a finished one.</summary>
    [Id("part", "path: half a download, or the second name of a finished one")]
    Part,

    /// <summary>A new directory; goes when it is empty.</summary>
    [Id("directory", "path: a new directory; goes when it is empty")]
    Directory,

    /// <summary>The script's own temporary directory.</summary>
    [Id("temp", "path: the script's own temporary directory")]
    Temp,

    /// <summary>The run's scratch directory.</summary>
    [Id("scratch", "path: the run's scratch directory")]
    Scratch,
}
