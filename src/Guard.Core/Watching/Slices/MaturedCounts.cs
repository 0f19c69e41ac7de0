namespace Guard.Core.Watching.Slices;

/// <summary>How many clicks of a slice led to a purchase, and how many of those were invalid, since the tallies began.</summary>
/// <param name="Purchased">The purchasing clicks.</param>
/// <param name="Invalid">Those of them that were invalidated.</param>
internal record struct MaturedCounts(long Purchased, long Invalid);
