using System.Runtime.InteropServices;

namespace Guard.Core.Counters;

/// <summary>What a shard keeps of one user agent: 24 bytes, the key included.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct UserAgentRecord : IKeyedRecord
{
    private ulong _key;
    private long _newest;
    private double _rateWeek;

    public static ReadOnlySpan<int> Columns => [8, 8, 8];

    public ulong Key
    {
        readonly get => _key;
        set => _key = value;
    }

    public readonly long Newest => _newest;

    public readonly double RateWeek => _rateWeek;

    /// <summary>The first click of a user agent.</summary>
    public void Start(long time) => this = new UserAgentRecord { _key = _key, _newest = time, _rateWeek = 1 };

    /// <summary>A further click, late or not.</summary>
    public void Count(long time)
    {
        _rateWeek = DecayedRate.After(_rateWeek, time - _newest, DecayedRate.Week);
        _newest = Math.Max(_newest, time);
    }
}
