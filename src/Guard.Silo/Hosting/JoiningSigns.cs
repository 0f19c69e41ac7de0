namespace Guard.Silo.Hosting;

/// <summary>
/// Gives signs of life in the table of members while the silo still waits to join. A joining silo gives up others that have been
/// silent for long, but it looks who is silent only when the table has something new; where all silos of a cluster were lost
/// at once nobody else writes, and the new ones would wait for the lost ones until they give up themselves, five minutes later.
/// </summary>
internal sealed class JoiningSigns(Configuration.SiloOptions options, ISiloStatusOracle members, IMembershipTable table, TimeProvider time) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Clustering.ProbeTimeout, time);
        while (await timer.WaitForNextTickAsync(stoppingToken) && members.CurrentStatus is SiloStatus.None or SiloStatus.Created or SiloStatus.Joining)
        {
            if (members.CurrentStatus == SiloStatus.Joining)
            {
                await SignAsync();
            }
        }
    }

    private async Task SignAsync()
    {
        try
        {
            await table.UpdateIAmAlive(new MembershipEntry { SiloAddress = members.SiloAddress, IAmAliveTime = time.GetUtcNow().UtcDateTime });
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The store is away: joining itself says so, and the next sign comes soon.
        }
    }
}
