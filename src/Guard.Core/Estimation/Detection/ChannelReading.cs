using System.Runtime.InteropServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>What a channel says of one value.</summary>
/// <param name="Evidence">The weighed evidence that the value is unusual, in decades of rarity; 0 while the channel warms up.</param>
/// <param name="Forecast">What was expected.</param>
/// <param name="ChangedSince">Where a level shift was accepted: when it began.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ChannelReading(double Evidence, Forecast Forecast, long? ChangedSince);
