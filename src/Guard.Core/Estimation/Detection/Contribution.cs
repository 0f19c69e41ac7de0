namespace Guard.Core.Estimation.Detection;

/// <summary>How much of an alert's evidence one dimension holds.</summary>
/// <param name="Dimension">The dimension's index.</param>
/// <param name="Share">Its share of the evidence of all dimensions at the peak, from 0 to 1.</param>
public readonly record struct Contribution(int Dimension, double Share);
