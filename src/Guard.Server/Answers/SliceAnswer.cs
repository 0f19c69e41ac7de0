namespace Guard.Server.Answers;

/// <summary>One slice of traffic.</summary>
/// <param name="Slice">The slice, such as mobile/in/DE.</param>
/// <param name="LastHour">The hour that ends with the newest click.</param>
/// <param name="LastDay">The 24 hours that end with it.</param>
/// <param name="Threshold">The threshold in force; null where it invalidates none.</param>
/// <param name="ThresholdSlice">The slice that it comes from.</param>
public sealed record SliceAnswer(string Slice, TallyAnswer LastHour, TallyAnswer LastDay, float? Threshold, string ThresholdSlice);
