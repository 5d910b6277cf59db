namespace VmRecovery.Diagnostics;

/// <summary>A second place that explains a finding.</summary>
/// <param name="Location">The place.</param>
/// <param name="Message">Its part in the finding, such as <c>first set here</c>.</param>
public sealed record RelatedLocation(Location Location, string Message);
