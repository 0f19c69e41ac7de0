using System.Collections.Concurrent;
using System.Globalization;
using Guard.Core.Clicks;
using Guard.Core.Hosting;
using Guard.Grains.Ingest;
using Guard.Grains.Scoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Guard.Grains.Intake;

/// <summary>Takes events in at a silo: splits bodies on the caller's thread, and hands them to the partitions, wherever those live.</summary>
internal sealed class ClusterIngest : IIngest
{
    private readonly ConcurrentBag<BodyPacker> _packers = [];
    private readonly Func<BodyPacker> _makePacker;
    private readonly PartitionLane[] _lanes;
    private readonly WaitingBytes _waiting;
    private readonly PolicyCache _policies;
    private readonly TimeProvider _time;
    private readonly IServiceProvider _services;

    public ClusterIngest(
        IGrainFactory grains, IOptions<ClusterOptions> options, KeyedHash hash, PolicyCache policies, TimeProvider time, IHostApplicationLifetime host, IServiceProvider services)
    {
        var cluster = options.Value;
        (_policies, _time, _services) = (policies, time, services);
        _makePacker = () => new BodyPacker(cluster.HttpPartitions, hash, cluster.Intake);
        _waiting = new WaitingBytes(cluster.WaitingBytes);
        var retries = new Retries(time, cluster.RetryFor);
        _lanes = [.. Enumerable.Range(HttpPartitions.First, cluster.HttpPartitions).Select(partition =>
            new PartitionLane(() => grains.GetGrain<IIngestGrain>(partition.ToString(CultureInfo.InvariantCulture)), retries, host.ApplicationStopped))];
    }

    /// <inheritdoc/>
    public async ValueTask<Receipt> SendAsync(ReadOnlyMemory<byte> events, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require();
        var messages = Pack(packer => packer.Pack(events.Span, Now()));
        var charge = _waiting.Take(messages.Sum(message => message.Body.Events.Length));
        var receipts = Task.WhenAll(messages.Select(message => _lanes[message.Partition].SendAsync(message.Body)));
        _ = ReturnAsync(receipts, charge);
        return Sum(await receipts.WaitAsync(cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<ScoredClick> ScoreAsync(ReadOnlyMemory<byte> click, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Require();
        ClickNames? names = null;
        var (partition, body) = Pack(packer => packer.PackClick(click.Span, Now(), out names));
        var charge = _waiting.Take(body.Events.Length);
        var receipt = _lanes[partition].SendAsync(body);
        _ = ReturnAsync(receipt, charge);
        return await receipt.WaitAsync(cancellationToken) switch
        {
            { Rejections: [var rejection, ..] } => new ScoredClick(null, rejection.ToEntry(), Duplicate: false),
            { Scored: { } scored } => new ScoredClick(scored.ToKept(names!), null, Duplicate: false),
            _ => new ScoredClick(await FindAsync(names!, cancellationToken), null, Duplicate: true),
        };
    }

    // Room is held until the partition has answered, also where the caller no longer waits.
    private async Task ReturnAsync(Task receipts, long charge)
    {
        await receipts.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _waiting.Return(charge);
    }

    private static Receipt Sum(BodyReceipt[] receipts) => new(
        receipts.Sum(receipt => receipt.Accepted),
        receipts.Sum(receipt => receipt.Duplicates),
        receipts.Sum(receipt => receipt.Quarantined),
        [.. receipts.SelectMany(receipt => receipt.Rejections).OrderBy(rejection => rejection.Index).Take(Receipt.GreatestRejections).Select(rejection => rejection.ToEntry())]);

    private async ValueTask<KeptDecision?> FindAsync(ClickNames names, CancellationToken cancellationToken) =>
        _services.GetService<IDecisionLog>() is { } decisions && await decisions.FindAsync(names.Id, cancellationToken) is { } kept && kept.Source == names.Source ? kept : null;

    // Without a model nothing could be decided, and what was sent would be sent again and again.
    private void Require()
    {
        if (_policies.Version is null)
        {
            throw new BusyException(_policies.Fault ?? "this silo has not read its model and thresholds yet", TimeSpan.FromSeconds(5), unfit: true);
        }
    }

    private T Pack<T>(Func<BodyPacker, T> pack)
    {
        // One that failed in the midst is left to the garbage collector.
        var packer = _packers.TryTake(out var kept) ? kept : _makePacker();
        var packed = pack(packer);
        _packers.Add(packer);
        return packed;
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
