using System.Net.Sockets;
using Guard.Core.Clicks;

namespace Guard.Benchmarks.Redis;

/// <summary>
/// The counters behind Guard's 24 features, kept in Redis as one would build them there: a key a window that expires, HyperLogLogs
/// for distinct values, a hash for the rhythm. Simpler than Guard's in Redis's favour: its windows do not slide, a decayed rate is
/// the window of its half-life, and what is late counts in the window of its time alone.
/// </summary>
internal sealed class RedisCounters(Socket socket) : IDisposable
{
    /// <summary>Which reply of a click is the user's clicks of the day, for a check.</summary>
    public const int DayOfUser = 6;

    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const long Week = 7 * Day;
    private readonly RedisCommands _commands = new();
    private readonly RedisReplies _replies = new(socket);

    /// <summary>Gets how many commands the last click took.</summary>
    public int CommandsAClick { get; private set; }

    /// <summary>Counts clicks and reads their counters, in one pipeline.</summary>
    /// <param name="clicks">The clicks.</param>
    /// <param name="readings">Gets the replies; <see langword="null"/> where nobody wants them.</param>
    public async ValueTask CountAsync(ReadOnlyMemory<Click> clicks, List<long>? readings)
    {
        Write(clicks.Span);
        await SendAsync();
        await _replies.ReadAsync(_commands.Count, readings);
    }

    public void Dispose() => socket.Dispose();

    private void Write(ReadOnlySpan<Click> clicks)
    {
        _commands.Clear();
        foreach (ref readonly var click in clicks)
        {
            var before = _commands.Count;
            Window("u0:"u8, click.User, click.Time, 10 * Second);
            Window("u1:"u8, click.User, click.Time, 10 * Minute);
            Window("u2:"u8, click.User, click.Time, 6 * Hour);
            Window("u3:"u8, click.User, click.Time, Day);
            Last("ut:"u8, click.User, click.Time, 2 * Day);
            Rhythm(click.User, click.Time);
            Hours(click.User, click.Time);
            Window("s:"u8, click.Session, click.Time, Hour);
            Window("e0:"u8, click.Entity, click.Time, 10 * Minute);
            Window("e1:"u8, click.Entity, click.Time, Hour);
            Window("e2:"u8, click.Entity, click.Time, Day);
            Window("e3:"u8, click.Entity, click.Time, Week);
            Last("et:"u8, click.Entity, click.Time, 14 * Day);
            Distinct("d0:"u8, click.Entity, click.Time, Hour, click.User);
            Distinct("d1:"u8, click.Entity, click.Time, Day, click.User);
            Distinct("d2:"u8, click.Entity, click.Time, Day, click.Session);
            Window("a:"u8, click.UserAgent, click.Time, Week);
            CommandsAClick = _commands.Count - before;
        }
    }

    private async ValueTask SendAsync()
    {
        for (var bytes = _commands.Bytes; bytes.Length > 0;)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    private void Window(ReadOnlySpan<byte> what, ulong whose, long time, long length)
    {
        _commands.Command("INCR"u8, 1).Key(what, whose, time / length);
        _commands.Command("EXPIRE"u8, 2).Key(what, whose, time / length).Number(2 * length / Second);
    }

    private void Last(ReadOnlySpan<byte> what, ulong whose, long time, long keep) =>
        _commands.Command("SET"u8, 5).Key(what, whose).Number(time).Text("GET"u8).Text("EX"u8).Number(keep / Second);

    /// <summary>Sums of what the regularity needs: a count, and a sum and a sum of squares of the logarithm.</summary>
    private void Rhythm(ulong user, long time)
    {
        var sample = Math.Log(1 + (time % Hour));
        _commands.Command("HINCRBY"u8, 3).Key("r:"u8, user).Text("n"u8).Number(1L);
        _commands.Command("HINCRBYFLOAT"u8, 3).Key("r:"u8, user).Text("s"u8).Number(sample);
        _commands.Command("HINCRBYFLOAT"u8, 3).Key("r:"u8, user).Text("q"u8).Number(sample * sample);
        _commands.Command("EXPIRE"u8, 2).Key("r:"u8, user).Number(2 * Day / Second);
    }

    private void Hours(ulong user, long time)
    {
        _commands.Command("SETBIT"u8, 3).Key("h:"u8, user, time / Day).Number(time % Day / Hour).Number(1L);
        _commands.Command("BITCOUNT"u8, 1).Key("h:"u8, user, time / Day);
        _commands.Command("EXPIRE"u8, 2).Key("h:"u8, user, time / Day).Number(2 * Day / Second);
    }

    private void Distinct(ReadOnlySpan<byte> what, ulong whose, long time, long length, ulong value)
    {
        _commands.Command("PFADD"u8, 2).Key(what, whose, time / length).Key(""u8, value);
        _commands.Command("PFCOUNT"u8, 1).Key(what, whose, time / length);
        _commands.Command("EXPIRE"u8, 2).Key(what, whose, time / length).Number(2 * length / Second);
    }
}
