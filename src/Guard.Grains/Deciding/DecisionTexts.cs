namespace Guard.Grains.Deciding;

/// <summary>The texts of one decision.</summary>
/// <param name="Id">The click's CloudEvents <c>id</c>.</param>
/// <param name="Source">The click's CloudEvents <c>source</c>.</param>
/// <param name="Campaign">The campaign, or an empty text.</param>
/// <param name="Advertiser">The advertiser, or an empty text.</param>
/// <param name="ListReason">What the list entry that decided says; <see langword="null"/> where the model decided.</param>
internal readonly record struct DecisionTexts(string Id, string Source, string Campaign, string Advertiser, string? ListReason);
