using Guard.Core.Estimation.Detection;

namespace Guard.Core.Hosting;

/// <summary>One reading of a stream with what the detector said of it.</summary>
/// <param name="Values">The values.</param>
/// <param name="Reading">What the detector said.</param>
public sealed record StreamReading(IReadOnlyList<double> Values, Reading Reading);
