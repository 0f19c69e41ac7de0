namespace Guard.Grains.Intake;

/// <summary>The partitions that take events in over HTTP: their numbers begin where an event hub's end.</summary>
public static class HttpPartitions
{
    /// <summary>The number of the first.</summary>
    public const int First = 10_000;

    /// <summary>Gets whether a partition takes its events in over HTTP.</summary>
    public static bool Holds(int partition) => partition >= First;
}
