namespace Guard.Cluster.Torture.Backups;

/// <summary>A copy of what a cluster keeps, taken and put back while no silo runs.</summary>
internal interface IStateBackup
{
    /// <summary>Copies what stands.</summary>
    Task TakeAsync(CancellationToken cancellation);

    /// <summary>Removes what stands, and puts the copy back.</summary>
    Task RestoreAsync(CancellationToken cancellation);
}
