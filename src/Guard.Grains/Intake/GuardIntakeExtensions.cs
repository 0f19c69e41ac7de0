using Guard.Core.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Guard.Grains.Intake;

/// <summary>Lets a silo take events in over HTTP.</summary>
public static class GuardIntakeExtensions
{
    /// <summary>Adds <see cref="IIngest"/> over the HTTP partitions, which every silo may be sent to.</summary>
    public static ISiloBuilder AddGuardIntake(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.Services.TryAddSingleton<IIngest, ClusterIngest>();
        silo.Services.AddHostedService<PartitionRounds>();
        return silo;
    }
}
