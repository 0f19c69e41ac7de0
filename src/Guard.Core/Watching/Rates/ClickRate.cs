namespace Guard.Core.Watching.Rates;

/// <summary>Clicks a second over the last ten seconds. Safe for concurrent use.</summary>
/// <param name="time">The clock.</param>
public sealed class ClickRate(TimeProvider time)
{
    private const int Seconds = 10;
    private readonly Lock _lock = new();
    private readonly long[] _clicks = new long[Seconds + 1];
    private readonly long[] _seconds = new long[Seconds + 1];

    /// <summary>Adds clicks that were decided now.</summary>
    public void Add(int clicks)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        var slot = second % _clicks.Length;
        lock (_lock)
        {
            if (_seconds[slot] != second)
            {
                (_seconds[slot], _clicks[slot]) = (second, 0);
            }

            _clicks[slot] += clicks;
        }
    }

    /// <summary>Gets the rate over the last ten whole seconds.</summary>
    public double View()
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        lock (_lock)
        {
            var clicks = 0L;
            for (var slot = 0; slot < _clicks.Length; slot++)
            {
                clicks += _seconds[slot] < second && second - _seconds[slot] <= Seconds ? _clicks[slot] : 0;
            }

            return clicks / (double)Seconds;
        }
    }
}
