using System.Buffers;
using Guard.Simulation;
using Guard.Simulation.Scenarios;

namespace Guard.Cli.Torture;

/// <summary>
/// Bodies of events that follow from a seed alone: an untidy scenario with duplicates, late and malformed events, cut into
/// bodies of very different sizes, some of which are a single click to be scored.
/// </summary>
internal sealed class TortureStream : IDisposable
{
    private const int GreatestBody = 1_500;
    private const int Days = 365;

    /// <summary>Dense, so that a body spans much less event time than a Guard remembers ids for, which is what lets a producer send it again.</summary>
    private const double ClicksPerDay = 120_000;

    private readonly IEnumerator<ReadOnlyMemory<byte>> _lines;
    private readonly ArrayBufferWriter<byte> _body = new(1 << 20);
    private readonly Random _sizes;
    private bool _pending;

    public TortureStream(int seed)
    {
        // Long past, so that what a Guard makes of the events does not depend on the day.
        var scenario = Scenario.Load("dirty-input") with { Start = new DateTimeOffset(2020, 1, 6, 0, 0, 0, TimeSpan.Zero), ClicksPerDay = ClicksPerDay };
        _lines = new Simulator(scenario, new SimulatorOptions(Seed: (ulong)seed, Days: Days)).Lines().GetEnumerator();
        _sizes = new Random(seed);

        // Purchases from before the scenario come first; they would be all that a short torture sees.
        while (!_pending)
        {
            _pending = Next() && IsClick(_lines.Current.Span);
        }
    }

    /// <summary>Gets the events of the body, one a line; valid until the next body.</summary>
    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>Gets how many events the body holds.</summary>
    public int Count { get; private set; }

    /// <summary>Gets whether the body is one click, to be scored.</summary>
    public bool IsOneClick { get; private set; }

    /// <summary>Goes on to the next body.</summary>
    /// <exception cref="InvalidOperationException">A year of events is over.</exception>
    public void MoveNext()
    {
        _body.ResetWrittenCount();

        // Small bodies and large ones alike: the size is uniform in its logarithm.
        var size = (int)Math.Pow(GreatestBody, _sizes.NextDouble());
        for (Count = 0; Count < size; Count++)
        {
            _ = _pending || Next();
            _pending = false;
            _body.Write(_lines.Current.Span);
            _body.Write("\n"u8);
        }

        IsOneClick = Count == 1 && IsClick(Body.Span);
    }

    public void Dispose() => _lines.Dispose();

    private static bool IsClick(ReadOnlySpan<byte> line) => line.IndexOf("\"type\":\"guard.ad.click.v1\""u8) >= 0 && line.IndexOf("\"costMicros\":"u8) >= 0;

    private bool Next() => _lines.MoveNext() ? true : throw new InvalidOperationException($"The stream of {Days} days is over.");
}
