using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Guard.Core.Clicks;

namespace Guard.Benchmarks.Intake;

/// <summary>JSON bytes to numbered clicks on one core: decoding, hashing and the duplicate check, per click.</summary>
[MemoryDiagnoser]
public class EventIntakeBenchmark
{
    private const int Clicks = 4096;
    private readonly EventBatch _batch = new();
    private readonly EventPosition _position = new("benchmark", 1, 0);
    private EventIntake _intake = null!;
    private EventDecoder _decoder = null!;
    private byte[][] _events = [];
    private int _round;

    /// <summary>Writes events of about 570 bytes, as events.md shows them, with texts of the lengths that browsers send.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var hash = new KeyedHash(HashingKey.FromBytes(new byte[HashingKey.Bytes]));
        _intake = new EventIntake(new IntakeOptions { DuplicateCapacity = 1_000_000 }, hash, new Refusal());
        _decoder = new EventDecoder(hash, TimeSpan.FromMinutes(5));
        _events = new byte[Clicks][];
        for (var i = 0; i < Clicks; i++)
        {
            var time = DateTimeOffset.FromUnixTimeMilliseconds(1_767_268_800_000 + i).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            _events[i] = Encoding.UTF8.GetBytes($$$"""{"specversion":"1.0","id":"00000000-{{{i:x8}}}-4c1e-9d3a","source":"/ads/click/eu1","type":"guard.ad.click.v1","time":"{{{time}}}","partitionkey":"9f86d081884c7d65","datacontenttype":"application/json","dataschema":"guard/ad-click/1","data":{"userId":"user-{{{i % 977}}}","sessionId":"s-{{{i % 1543:x8}}}","ip":"203.0.{{{i % 113}}}.{{{i % 251}}}","userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36","loggedIn":true,"deviceType":"mobile","marketplace":"DE","placement":"search-top","adId":"ad-{{{i % 300}}}","campaignId":"c-{{{i % 40}}}","advertiserId":"adv-{{{i % 9}}}","costMicros":350000}}""");
        }
    }

    /// <summary>Decoding and hashing alone.</summary>
    [Benchmark(OperationsPerInvoke = Clicks)]
    public int Decode()
    {
        _batch.Clear();
        foreach (var json in _events)
        {
            _decoder.Decode(json, EventDecoder.NoClock, _batch, 1);
        }

        return _batch.Clicks.Length;
    }

    /// <summary>The whole of intake; every click has an id that was not seen before.</summary>
    [Benchmark(OperationsPerInvoke = Clicks)]
    public int TakeIn()
    {
        _batch.Clear();
        _round++;
        foreach (var json in _events)
        {
            // The id's first group counts the rounds.
            for (var (digit, rest) = (27 + 7, _round); digit >= 27; digit--, rest >>= 4)
            {
                json[digit] = (byte)"0123456789abcdef"[rest & 15];
            }

            _intake.Take(json, _position, EventDecoder.NoClock, _batch);
        }

        return _batch.Clicks.Length == Clicks ? Clicks : throw new InvalidOperationException("An id repeated.");
    }

    private sealed class Refusal : IQuarantine
    {
        public void Add(in RejectedEvent rejected) => throw new InvalidOperationException(rejected.Rejection.Detail);
    }
}
