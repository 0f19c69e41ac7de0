using Guard.Grains.Deciding;

namespace Guard.Grains.Tests.Reading;

/// <summary>Reads on from where it stands, now and then after having heard what is new.</summary>
internal sealed class CursorReader(DecidedWorld world, Random random)
{
    private long _next;

    public List<(long Number, string Name)> Read { get; } = [];

    public long Missed { get; private set; }

    public async Task ReadAsync()
    {
        if (random.Next(2) == 0)
        {
            await world.Follower.RefreshAsync(CancellationToken.None);
        }

        var result = await world.Scan.ForwardAsync(_next, random.Next(1, 30), int.MaxValue, static (in DecidedRow _) => true, CancellationToken.None);
        Read.AddRange(result.Found.Select(found => (found.Segment.First + found.Row, DecidedWorld.NameOf(found))));
        _next = result.Next;
        Missed += result.Missed;
    }

    public async Task ReadToEndAsync()
    {
        while (_next < world.Follower.Directory.Last)
        {
            await ReadAsync();
        }
    }
}
