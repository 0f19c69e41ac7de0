namespace Guard.Server.Answers;

/// <summary>One reading with what the detector said of it.</summary>
/// <param name="Time">Its time.</param>
/// <param name="Values">Its values; null where one is missing.</param>
/// <param name="State">What became of it, such as scored or warmingUp.</param>
/// <param name="Score">How rare it is: 3 means one row in a thousand.</param>
/// <param name="AnomalyScore">What is new about it, in [0, 1).</param>
/// <param name="Decision">benign, abstain or anomaly.</param>
/// <param name="Leading">The dimension with most evidence.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Lower">The lower end of the expected band.</param>
/// <param name="Upper">Its upper end.</param>
/// <param name="Alert">none, started, ongoing or ended.</param>
public sealed record ReadingAnswer(
    DateTimeOffset Time,
    IReadOnlyList<double?> Values,
    string State,
    double? Score,
    double? AnomalyScore,
    string Decision,
    int Leading,
    double? Expected,
    double? Lower,
    double? Upper,
    string Alert);
