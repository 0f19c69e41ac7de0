namespace Guard.Simulation.Scenarios;

/// <summary>An office, a campus or a village behind one IPv4 address. Its people are people of the population.</summary>
/// <param name="Humans">How many people sit behind it, from 2 to the population.</param>
/// <param name="Marketplace">The marketplace of these people, one of the population's; null leaves each their own.</param>
public sealed record NatGateway(int Humans, string? Marketplace = null);
