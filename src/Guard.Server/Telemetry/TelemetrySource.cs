namespace Guard.Server.Telemetry;

/// <summary>Something beside Guard and its web server that tells metrics and spans, which a program registers to have them sent too.</summary>
/// <param name="Meter">The meter's name, or a pattern with <c>*</c>.</param>
/// <param name="Source">The name of the source of spans, or a pattern with <c>*</c>. Of its spans' tags only those go out that name no one.</param>
public sealed record TelemetrySource(string Meter, string Source);
