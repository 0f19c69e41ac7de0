using Guard.Core.Hosting;
using Guard.Grains.Scoring;

namespace Guard.Silo.Hosting;

/// <summary>Whether this silo is fit, from what it knows itself: a fault of the cluster must not restart every silo.</summary>
internal sealed class SiloHealth(ISiloStatusOracle members, PolicyCache policy, IHostApplicationLifetime lifetime) : IHostHealth
{
    /// <summary>Gets why the silo has not started yet, in one line; <see langword="null"/> once it has joined.</summary>
    public string? NotStarted => members.CurrentStatus is SiloStatus.Created or SiloStatus.None or SiloStatus.Joining ? "The silo has not joined the cluster yet." : null;

    /// <inheritdoc/>
    public string? NotReady =>
        lifetime.ApplicationStopping.IsCancellationRequested ? "The silo stops, and hands its work over."
        : NotStarted ?? (members.CurrentStatus != SiloStatus.Active ? "The silo is not in service."
            : policy.Version is null ? policy.Fault ?? "The silo has not read its model and thresholds yet."
            : null);

    /// <inheritdoc/>
    public string? NotLive => members.CurrentStatus == SiloStatus.Dead ? "The other silos have given this one up." : null;
}
