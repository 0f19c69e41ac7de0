using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Guard.Benchmarks.Load;

/// <summary>
/// Waits until one of many sockets has something to read, by ppoll(2). The framework's Socket.Select counts in milliseconds and
/// allocates, and its asynchronous calls cost a thread's turn each: too much beside a server that answers within one.
/// </summary>
/// <param name="count">How many sockets it can watch.</param>
internal sealed partial class Readiness(int count)
{
    private const short In = 1;
    private const int Interrupted = 4;
    private readonly Watched[] _watched = new Watched[count];

    /// <summary>Watches a socket in a place; a negative descriptor leaves the place empty.</summary>
    public void Watch(int place, int descriptor) => _watched[place] = new Watched { Descriptor = descriptor, Events = In };

    /// <summary>Gets whether a place's socket had something to read, or has ended, when <see cref="Wait"/> returned.</summary>
    public bool IsReady(int place) => _watched[place].Returned != 0;

    /// <summary>Waits until something can be read.</summary>
    /// <param name="atMost">For how long; below 0 means not at all.</param>
    /// <returns>How many places have something to read.</returns>
    public int Wait(TimeSpan atMost)
    {
        var time = new TimeSpec { Seconds = Math.Max(0, atMost.Ticks) / TimeSpan.TicksPerSecond, Nanoseconds = Math.Max(0, atMost.Ticks) % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick };
        var ready = Poll(_watched, (nuint)_watched.Length, in time, IntPtr.Zero);
        return ready >= 0 || Marshal.GetLastPInvokeError() == Interrupted ? Math.Max(0, ready) : throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [LibraryImport("libc", EntryPoint = "ppoll", SetLastError = true)]
    private static partial int Poll([In, Out] Watched[] watched, nuint count, in TimeSpec time, IntPtr signals);

    [StructLayout(LayoutKind.Sequential)]
    private struct Watched
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
