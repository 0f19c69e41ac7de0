using Guard.Grains.Deciding;

namespace Guard.Grains.Reading;

/// <summary>Whether a reader wants a decision.</summary>
/// <param name="row">The click with its decision.</param>
internal delegate bool RowFilter(in DecidedRow row);
