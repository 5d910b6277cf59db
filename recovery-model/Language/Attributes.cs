using System;

namespace VmRecovery.Model;

/// <summary>The id of a class or menu option that scripts and users rely on, and the words a user reads for it.</summary>
/// <param name="id">Lower-case words joined by hyphens.</param>
/// <param name="words">One plain sentence.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class IdAttribute(string id, string words) : Attribute
{
    /// <summary>Lower-case words joined by hyphens.</summary>
    public string Id { get; } = id;

    /// <summary>One plain sentence.</summary>
    public string Words { get; } = words;
}

/// <summary>The bash function that a method becomes. Without it a method is private to the generated library.</summary>
/// <param name="name">A bash function name.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashFunctionAttribute(string name) : Attribute
{
    /// <summary>A bash function name.</summary>
    public string Name { get; } = name;
}

/// <summary>The shell variable that holds a property while a translated function runs.</summary>
/// <param name="name">A bash variable name.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class BashVariableAttribute(string name) : Attribute
{
    /// <summary>A bash variable name.</summary>
    public string Name { get; } = name;
}

/// <summary>The command that a call becomes: these words, then the call's arguments, one word each.</summary>
/// <param name="words">Command words separated by blanks.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashCommandAttribute(string words) : Attribute
{
    /// <summary>Command words separated by blanks.</summary>
    public string Words { get; } = words;
}

/// <summary>What to do about a failure of which only the class is known.</summary>
/// <param name="words">One line: a command, or a place in Proxmox's web interface.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class AdviceAttribute(string words) : Attribute
{
    /// <summary>One line.</summary>
    public string Words { get; } = words;
}

/// <summary>A failure that the policy must give to the class of this detector.</summary>
/// <param name="command">The command line.</param>
/// <param name="exitCode">Its exit status.</param>
/// <param name="log">What it said.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClaimsAttribute(string command, int exitCode, string log) : Attribute
{
    /// <summary>The command line.</summary>
    public string Command { get; } = command;

    /// <summary>Its exit status.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What it said.</summary>
    public string Log { get; } = log;
}

/// <summary>A near miss: a failure that this detector must not claim.</summary>
/// <param name="command">The command line.</param>
/// <param name="exitCode">Its exit status.</param>
/// <param name="log">What it said.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class RejectsAttribute(string command, int exitCode, string log) : Attribute
{
    /// <summary>The command line.</summary>
    public string Command { get; } = command;

    /// <summary>Its exit status.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What it said.</summary>
    public string Log { get; } = log;
}

/// <summary>A failure that a table of causes must name so.</summary>
/// <param name="id">The cause's id.</param>
/// <param name="command">The command line.</param>
/// <param name="exitCode">Its exit status.</param>
/// <param name="log">The output of the command.</param>
/// <param name="words">The sentence that a user reads.</param>
[AttributeUsage(AttributeTargets.Field, AllowMultiple = true)]
public sealed class TellsAttribute(string id, string command, int exitCode, string log, string words) : Attribute
{
    /// <summary>The cause's id.</summary>
    public string Id { get; } = id;

    /// <summary>The command line.</summary>
    public string Command { get; } = command;

    /// <summary>Its exit status.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>The output of the command.</summary>
    public string Log { get; } = log;

    /// <summary>The sentence that a user reads.</summary>
    public string Words { get; } = words;
}

/// <summary>Marks a static table that becomes a bash function: <c>name KEY</c> sets one variable a property.</summary>
/// <param name="name">A bash function name.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class BashTableAttribute(string name) : Attribute
{
    /// <summary>A bash function name.</summary>
    public string Name { get; } = name;
}
