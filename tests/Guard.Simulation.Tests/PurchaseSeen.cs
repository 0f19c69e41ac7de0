namespace Guard.Simulation.Tests;

internal sealed record PurchaseSeen(string Id, DateTimeOffset Time, string Click, string User, string Order, long Value);
