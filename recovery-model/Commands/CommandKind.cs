namespace VmRecovery.Model.Commands;

/// <summary>What a command does to the node, as far as recovery minds.</summary>
internal enum CommandKind
{
    /// <summary>Looks and changes nothing; its failure proves nothing.</summary>
    Query,

    /// <summary>Fetches, asks or compares: changes nothing on the node, and a script may mind its failure.</summary>
    Check,

    /// <summary>Changes something that is there.</summary>
    Changes,

    /// <summary>Makes something without which the rest makes no sense.</summary>
    Makes,

    /// <summary>Stops or removes.</summary>
    Removes,
}
