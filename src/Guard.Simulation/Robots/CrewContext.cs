using Guard.Simulation.Events;
using Guard.Simulation.Humans;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Robots;

/// <summary>What a robot needs to know of the world.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Ads">The ads.</param>
/// <param name="Rhythms">The human rhythms.</param>
/// <param name="Robot">The robot's index in the scenario.</param>
/// <param name="ClicksPerDay">How many clicks a day it makes.</param>
/// <param name="Start">When it begins, in Unix milliseconds.</param>
/// <param name="End">When the scenario ends, in Unix milliseconds.</param>
internal sealed record CrewContext(Scenario Scenario, AdCatalogue Ads, Rhythms Rhythms, short Robot, double ClicksPerDay, long Start, long End);
