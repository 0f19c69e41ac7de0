namespace Guard.Grains;

/// <summary>The names under which state, streams and types are kept. None is ever changed: saved state and running silos of other versions know them.</summary>
public static class GrainNames
{
    /// <summary>The grain storage that all grains of Guard use.</summary>
    public const string Storage = "guard";

    /// <summary>The stream provider that reads the event hub.</summary>
    public const string StreamProvider = "guard-hub";

    /// <summary>The namespace of the streams, one a partition, whose key is the partition's number.</summary>
    public const string StreamNamespace = "guard.events";
}
