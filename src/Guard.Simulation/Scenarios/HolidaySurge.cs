namespace Guard.Simulation.Scenarios;

/// <summary>Days on which people click and buy more.</summary>
/// <param name="Day">The first day, counted from 0.</param>
/// <param name="Days">How many days, from 1.</param>
/// <param name="ClickFactor">By what human clicks multiply, from 0.1 to 20.</param>
/// <param name="PurchaseFactor">By what the purchase rate multiplies beside that, from 0.1 to 20.</param>
public sealed record HolidaySurge(int Day, int Days = 1, double ClickFactor = 2.5, double PurchaseFactor = 1.5);
