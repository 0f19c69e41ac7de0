using Guard.Cluster.Benchmarks.Hosting;
using Guard.Core.Clicks;
using Guard.Engine.Artifacts;
using Guard.Engine.Hosting;

namespace Guard.Cluster.Benchmarks.Pipeline;

/// <summary>The local engine whole: bodies of lines to decisions that are durable in its log, a few bodies at a time.</summary>
internal sealed class LocalHostWay : IPipelineWay
{
    private const int BodyClicks = 2_000;
    private const int BodiesAtOnce = 4;
    private readonly byte[][] _lines;
    private readonly string _folder;
    private readonly LocalHost _host;

    private LocalHostWay(byte[][] lines, string folder, LocalHost host) => (_lines, _folder, _host) = (lines, folder, host);

    public static async Task<IPipelineWay> StartAsync(byte[][] lines, BenchmarkPolicy policy, string folder)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "hashing.key"), new string('0', HashingKey.Bytes * 2));
        var store = await policy.PublishAsync(new FileArtifactStore(folder));
        return new LocalHostWay(lines, folder, await LocalHost.StartAsync(new LocalHostOptions { Folder = folder }, store));
    }

    /// <inheritdoc/>
    public async Task DecideAsync(int from, int to)
    {
        var next = from;
        await Task.WhenAll(Enumerable.Range(0, BodiesAtOnce).Select(_ => Task.Run(async () =>
        {
            var body = new MemoryStream();
            for (int first; (first = Interlocked.Add(ref next, BodyClicks) - BodyClicks) < to;)
            {
                body.SetLength(0);
                for (var line = first; line < Math.Min(first + BodyClicks, to); line++)
                {
                    body.Write(_lines[line]);
                    body.WriteByte((byte)'\n');
                }

                var receipt = await _host.Ingest.SendAsync(body.GetBuffer().AsMemory(0, (int)body.Length));
                if (receipt.Rejections.Count > 0)
                {
                    throw new InvalidOperationException($"The engine rejected an event: {receipt.Rejections[0].Detail}");
                }
            }
        })));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
