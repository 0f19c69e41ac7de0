namespace Guard.Pictures;

/// <summary>An axis as a chart's author describes it.</summary>
/// <param name="Label">What is measured, with its unit.</param>
/// <param name="Kind">How values are mapped and written.</param>
/// <param name="Minimum">Where the axis begins; by default where the data does.</param>
/// <param name="Maximum">Where the axis ends; by default where the data does.</param>
public sealed record Axis(string Label, AxisKind Kind = AxisKind.Number, double? Minimum = null, double? Maximum = null);
