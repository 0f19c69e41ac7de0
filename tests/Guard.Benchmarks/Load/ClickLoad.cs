using System.Buffers;
using System.Globalization;
using System.Text;

namespace Guard.Benchmarks.Load;

/// <summary>
/// An endless stream of clicks in the order of their time, no id twice, by users of which a tenth makes about a third of the
/// clicks. Safe for concurrent use: each call takes the next stretch of the stream.
/// </summary>
/// <param name="users">How many users there are.</param>
/// <param name="start">The time of the first click.</param>
/// <param name="clicksPerSecond">How many clicks a second of event time holds.</param>
/// <param name="run">Keeps the ids of several streams apart.</param>
internal sealed class ClickLoad(int users, DateTimeOffset start, double clicksPerSecond, uint run)
{
    private const int Sessions = 4;
    private long _next;

    /// <summary>Gets how many clicks were taken.</summary>
    public long Taken => Volatile.Read(ref _next);

    /// <summary>Fills a body with the next clicks, one a line.</summary>
    public void Fill(ArrayBufferWriter<byte> body, int clicks, bool everyUserOnce = false)
    {
        var first = Interlocked.Add(ref _next, clicks) - clicks;
        Span<byte> time = stackalloc byte[24];
        var written = long.MinValue;
        body.ResetWrittenCount();
        for (var number = first; number < first + clicks; number++)
        {
            var milliseconds = (long)(number / clicksPerSecond * 1000);
            if (milliseconds != written)
            {
                written = milliseconds;
                Encoding.ASCII.GetBytes(start.AddMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), time);
            }

            var random = Mix((ulong)number + ((ulong)run << 40));
            var user = everyUserOnce ? (uint)number : UserOf(random);
            var template = ClickTemplate.All[(int)(user % (uint)ClickTemplate.All.Length)];
            template.Append(body, (ulong)number + ((ulong)run << 40), time, user, (user * Sessions) + (uint)(random & (Sessions - 1)), AddressOf(user, random));
            body.GetSpan(1)[0] = (byte)'\n';
            body.Advance(1);
        }
    }

    /// <summary>u² of a uniform u: the first tenth of the users makes √0.1 ≈ 32 % of the clicks.</summary>
    private uint UserOf(ulong random)
    {
        var uniform = (random >> 11) * (1.0 / (1UL << 53));
        return (uint)(uniform * uniform * users);
    }

    /// <summary>Five users share an address, and one click in 32 comes from elsewhere.</summary>
    private static uint AddressOf(uint user, ulong random) => (uint)(((random >> 2 & 31) == 0 ? random >> 32 : Mix(user / 5)) % 100_000_000);

    /// <summary>SplitMix64's finaliser.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
