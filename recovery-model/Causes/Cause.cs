namespace VmRecovery.Model.Causes;

/// <summary>One reason within a class: the sign it shows by, a sentence that names the thing, and what to do.</summary>
/// <remarks>
/// Entries with the same id are one cause with several signs. <c>{1}</c> in a sentence is the text that the first group
/// of the pattern matched. Such a group is one set of characters, repeated, as in <c>([^']+)</c>: .NET and POSIX then take
/// the same text. Advice holds commands that people copy into a shell: its groups hold letters, digits and ._+/:- only.
/// </remarks>
/// <param name="Id">Lower-case words joined by hyphens.</param>
/// <param name="Pattern">Matched against <see cref="Failure.Account"/>; see <see cref="LogText.Matches"/>.</param>
/// <param name="Words">One sentence: what happened, to which thing.</param>
/// <param name="Advice">One line: a command, or a place in Proxmox's web interface. 
/// Empty for that of the entry before it with the same id, else of the class.</param>
public sealed record Cause(string Id, string Pattern, string Words, string Advice = "");
