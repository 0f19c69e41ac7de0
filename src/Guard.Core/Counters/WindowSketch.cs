using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Guard.Core.Counters;

/// <summary>
/// A HyperLogLog in time: for each register and rank the last tile at which a value of that rank was seen. A register's
/// greatest rank among the tiles of a window is what a HyperLogLog of exactly the window's values would hold, so one sketch
/// answers every window.
/// </summary>
internal sealed class WindowSketch
{
    public const int Stamps = HyperLogLog.Registers * HyperLogLog.Ranks;

    private const int Windows = 4;
    private const int Bins = HyperLogLog.Ranks + 1;

    // Register-major; 0 is never, else the tile less the base, plus one.
    private readonly ushort[] _stamps = new ushort[Stamps];
    private readonly byte[] _histograms = new byte[Windows * Bins];
    private readonly float[] _estimates = new float[Windows];
    private readonly ushort[] _least = new ushort[Windows];
    private WindowStarts _starts;
    private bool _counted;
    private bool _estimated;

    /// <summary>The tile whose stamp is 1.</summary>
    public int Base { get; private set; }

    /// <summary>The stamps, as they are saved.</summary>
    public Span<ushort> State => _stamps;

    /// <summary>The bytes of a sketch, object headers left out.</summary>
    public static long Bytes => Stamps * sizeof(ushort) + Windows * (Bins + sizeof(float) + sizeof(ushort) + sizeof(int)) + 2 * sizeof(int);

    /// <summary>Empties the sketch for use from a first tile on.</summary>
    public void Reset(int firstTile)
    {
        _stamps.AsSpan().Clear();
        Base = firstTile;
        _counted = false;
    }

    /// <summary>Adds a value that was seen in a tile of the last 24 hours.</summary>
    public void Add(uint fingerprint, int tile, in WindowStarts starts)
    {
        Count(starts);
        var register = HyperLogLog.Register(fingerprint);
        ref var stamp = ref _stamps[register * HyperLogLog.Ranks + HyperLogLog.Rank(fingerprint) - 1];
        var seen = (ushort)(tile - Base + 1);
        if (seen <= stamp)
        {
            return;
        }

        var before = MaximaOf(register);
        stamp = seen;
        var after = MaximaOf(register);
        for (var window = 0; window < Windows; window++)
        {
            if (before[window] != after[window])
            {
                _histograms[window * Bins + before[window]]--;
                _histograms[window * Bins + after[window]]++;
                _estimated = false;
            }
        }
    }

    /// <summary>The estimates of the windows with the given starts.</summary>
    public Windowed<float> Read(in WindowStarts starts)
    {
        Count(starts);
        if (!_estimated)
        {
            for (var window = 0; window < Windows; window++)
            {
                _estimates[window] = HyperLogLog.Estimate(_histograms.AsSpan(window * Bins, Bins));
            }

            _estimated = true;
        }

        return new Windowed<float>(_estimates[0], _estimates[1], _estimates[2], _estimates[3]);
    }

    public void Restore(int firstTile, ReadOnlySpan<byte> state)
    {
        Reset(firstTile);
        MemoryMarshal.Cast<byte, ushort>(state).CopyTo(_stamps);
    }

    private void Count(in WindowStarts starts)
    {
        if (_counted && starts == _starts)
        {
            return;
        }

        // The newest tile needs a stamp, and with it every start of a window.
        if (starts.Minute + Tiles.PerMinute - Base > ushort.MaxValue)
        {
            Rebase(starts.Day);
        }

        _starts = starts;
        _least[0] = Least(starts.Minute);
        _least[1] = Least(starts.TenMinutes);
        _least[2] = Least(starts.Hour);
        _least[3] = Least(starts.Day);
        _histograms.AsSpan().Clear();
        for (var register = 0; register < HyperLogLog.Registers; register++)
        {
            var maxima = MaximaOf(register);
            for (var window = 0; window < Windows; window++)
            {
                _histograms[window * Bins + maxima[window]]++;
            }
        }

        _counted = true;
        _estimated = false;
    }

    private ushort Least(int start) => (ushort)Math.Max(start - Base + 1, 1);

    private Vector128<int> MaximaOf(int register)
    {
        var stamps = Vector256.LoadUnsafe(ref _stamps[register * HyperLogLog.Ranks]);
        return Vector128.Create(Maximum(stamps, _least[0]), Maximum(stamps, _least[1]), Maximum(stamps, _least[2]), Maximum(stamps, _least[3]));
    }

    private static int Maximum(Vector256<ushort> stamps, ushort least) =>
        32 - BitOperations.LeadingZeroCount(Vector256.GreaterThanOrEqual(stamps, Vector256.Create(least)).ExtractMostSignificantBits());

    private void Rebase(int firstTile)
    {
        var shift = firstTile - Base;
        foreach (ref var stamp in _stamps.AsSpan())
        {
            stamp = (ushort)Math.Max(0, stamp - shift);
        }

        Base = firstTile;
        _counted = false;
    }
}
