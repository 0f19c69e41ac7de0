using Guard.Core.Clicks;

namespace Guard.Core.Tests.Counters;

/// <summary>A click and its partition.</summary>
public readonly record struct Arrival(int Partition, Click Click);

/// <summary>Seeded streams with late clicks, idle stretches, shared addresses and missing values.</summary>
public sealed record ClickStreams
{
    private const long Start = 1_767_225_600_000; // 2026-01-01T00:00:00Z

    public int Length { get; init; } = 500;

    public int Partitions { get; init; } = 2;

    public int Users { get; init; } = 40;

    public int Entities { get; init; } = 4;

    public bool TooLate { get; init; } = true;

    /// <summary>The longest ordinary step between two clicks; one in 50 is up to 200 times as long.</summary>
    public int Step { get; init; } = 120_000;

    public static IEnumerable<ClickStreams> Kinds { get; } =
    [
        new() { Length = 400 },
        new() { Length = 900, Partitions = 1, Users = 400, Entities = 2, Step = 60_000 },
        new() { Length = 500, Users = 60, Entities = 30, Step = 3_600_000 },
        new() { Length = 500, Users = 1, Entities = 1, Step = 2_000 },
        new() { Length = 600, Users = 5_000, Entities = 1, Step = 200_000 },
    ];

    public List<Arrival> Generate(int seed)
    {
        var random = new Random(seed);
        var sequences = new long[Partitions];
        var newest = new long[Partitions];
        var stream = new List<Arrival>(Length);
        var now = Start + random.Next(90_000_000);
        for (var i = 0; i < Length; i++)
        {
            now += random.Next(50) == 0 ? random.NextInt64(200L * Step) : random.Next(3) == 0 ? random.Next(50) : random.Next(Step);
            var partition = i < Partitions ? i : random.Next(Partitions);
            var time = now;
            var traits = random.Next(2) == 0 ? ClickTraits.LoggedIn : ClickTraits.None;
            if (i >= Partitions && random.Next(5) == 0)
            {
                time = Math.Max(newest[partition] - 86_400_000, now - (random.Next(3) == 0 ? random.NextInt64(86_400_000) : random.Next(600_000)));
                traits |= ClickTraits.Late;
            }

            if (TooLate && i >= Partitions && random.Next(40) == 0)
            {
                time = newest[partition] - 86_400_000 - random.NextInt64(400_000_000);
                traits |= ClickTraits.TooLate;
            }

            if ((traits & ClickTraits.TooLate) == ClickTraits.None)
            {
                newest[partition] = Math.Max(newest[partition], time);
            }

            // A square favours small numbers: a few users are busy, most are rare.
            var user = (ulong)(random.NextDouble() * random.NextDouble() * Users);
            stream.Add(new Arrival(partition, new Click
            {
                Sequence = ++sequences[partition],
                Time = time,
                User = user + 1,
                Session = random.Next(10) == 0 ? 0 : user * 5 + (ulong)random.Next(1, 4),
                Entity = random.Next(20) == 0 ? 0 : (ulong)random.Next(1, Entities + 1),
                UserAgent = random.Next(10) == 0 ? 0 : (ulong)random.Next(1, 100),
                Device = (DeviceType)random.Next(5),
                Traits = traits | (random.Next(9) == 0 ? ClickTraits.Anonymous : ClickTraits.None),
            }));
        }

        return stream;
    }
}
