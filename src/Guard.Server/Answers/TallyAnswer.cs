namespace Guard.Server.Answers;

/// <summary>Counts of clicks and of what became of them.</summary>
/// <param name="Clicks">The clicks.</param>
/// <param name="Invalid">Those invalidated.</param>
/// <param name="Ivr">The invalidation rate; null without clicks.</param>
/// <param name="MeanScore">The mean score; null without clicks.</param>
/// <param name="Purchased">Clicks that led to a purchase so far.</param>
/// <param name="PurchasedInvalid">Those of them that were invalidated.</param>
/// <param name="Fpr">The false-positive rate, the invalid share of purchasing clicks; null without any.</param>
public sealed record TallyAnswer(long Clicks, long Invalid, RateAnswer? Ivr, double? MeanScore, long Purchased, long PurchasedInvalid, RateAnswer? Fpr);
