using Guard.Cluster.Benchmarks.Hosting;
using Guard.Core.Clicks;
using Guard.Core.Pipeline;
using Guard.Engine.Shards;

namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>The pipeline of the local engine on one thread, without a log; its decisions go nowhere.</summary>
/// <param name="lines">The clicks.</param>
/// <param name="decoded">Whether they come decoded.</param>
/// <param name="policy">What decides.</param>
internal sealed class LocalPipelineWay(ClickLines lines, bool decoded, DecisionPolicy policy) : IPipelineWay
{
    private readonly ClickPipeline _pipeline = new(new LocalCounters(new ShardOptions { Workers = 1 }), new Nowhere(), () => policy);
    private readonly EventIntake _intake = new(new IntakeOptions(), BenchmarkPolicy.Hash, new NoQuarantine());
    private readonly EventBatch _batch = new();

    /// <inheritdoc/>
    public async Task DecideAsync(int from, int to)
    {
        for (var first = from; first < to; first += ClickLines.BatchSize)
        {
            if (decoded)
            {
                await _pipeline.ProcessAsync(lines.Batches[first / ClickLines.BatchSize]);
                continue;
            }

            _batch.Clear();
            for (var line = first; line < Math.Min(first + ClickLines.BatchSize, to); line++)
            {
                _intake.Take(lines.Json[line], new EventPosition("memory", line + 1, 0), EventDecoder.NoClock, _batch);
            }

            await _pipeline.ProcessAsync(_batch);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Nowhere : IDecisionSink
    {
        public ValueTask WriteAsync(EventBatch batch, DecidedBatch decided, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }

    private sealed class NoQuarantine : IQuarantine
    {
        public void Add(in RejectedEvent rejected) => throw new InvalidOperationException($"An event is rejected that was not before: {rejected.Rejection.Detail}");
    }
}
