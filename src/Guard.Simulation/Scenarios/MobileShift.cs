namespace Guard.Simulation.Scenarios;

/// <summary>
/// The shift planted between desktop and mobile: the humans on phones click faster and more per session, share their
/// carriers' addresses more and buy less, so a model trained on weak labels scores them higher than equal desktop humans.
/// </summary>
/// <param name="Strength">From 0, where phones behave as desktops do, to 1.</param>
/// <param name="StartDay">From which day on, from 0; a day after the training span makes the shift news to the model.</param>
public sealed record MobileShift(double Strength, int StartDay = 0);
