namespace Guard.Grains.Intake;

/// <summary>The texts of a click that its decision repeats.</summary>
internal sealed record ClickNames(string Id, string Source, string Campaign, string Advertiser);
