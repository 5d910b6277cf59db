
namespace VmRecovery.Cli.Output.Findings;

/// <summary>Writes findings in one format.</summary>
internal interface IFindingsPrinter
{
    /// <summary>Writes a report.</summary>
    void Print(TextWriter output, CheckReport report);
}
