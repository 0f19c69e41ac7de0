using System.Runtime.InteropServices;

namespace Guard.Engine.Threading;

/// <summary>The system's own priority of a thread: that of the framework has no effect on Linux.</summary>
internal static partial class CurrentThread
{
    private const int OneThread = 0;
    private const int Background = 10;

    /// <summary>
    /// Lets the calling thread give way to all others for good, for work that nobody waits for: where processors are few, it would hold each
    /// request up by a turn of some milliseconds. It still gets a tenth of a processor that is never idle.
    /// </summary>
    public static void GiveWay() => SetNiceness(Background);

    /// <summary>Sets how far the calling thread gives way to others, where the system has that for a thread and allows it.</summary>
    /// <param name="niceness">From −20, first of all, to 19; less than it is only root may ask for, and for others nothing changes.</param>
    public static void SetNiceness(int niceness)
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OneThread, 0, niceness);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
