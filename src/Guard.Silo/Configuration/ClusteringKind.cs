namespace Guard.Silo.Configuration;

/// <summary>Where a cluster keeps its membership, its reminders and what it must not forget.</summary>
public enum ClusteringKind
{
    /// <summary>On this machine, without any service: membership and reminders in the memory of the first silo, everything else in a folder.</summary>
    Development,

    /// <summary>In a PostgreSQL database.</summary>
    AdoNet,

    /// <summary>In Azure Storage: membership and reminders in tables, everything else in blobs.</summary>
    Azure,
}
