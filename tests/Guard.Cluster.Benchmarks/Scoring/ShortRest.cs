using System.Runtime.InteropServices;

namespace Guard.Cluster.Benchmarks.Scoring;

/// <summary>Rests shorter than the framework's millisecond, so that requests are sent one by one and not in the bursts of a coarse timer.</summary>
internal static partial class ShortRest
{
    /// <summary>Rests at least this long; gives the processor away where the system has no such call.</summary>
    public static void For(TimeSpan time)
    {
        if (OperatingSystem.IsLinux())
        {
            var rest = new TimeSpec { Nanoseconds = time.Ticks * TimeSpan.NanosecondsPerTick };
            _ = Sleep(in rest, IntPtr.Zero);
        }
        else
        {
            Thread.Yield();
        }
    }

    [LibraryImport("libc", EntryPoint = "nanosleep")]
    private static partial int Sleep(in TimeSpec rest, IntPtr left);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
