using System.Runtime.InteropServices;

namespace Guard.Engine.Threading;

/// <summary>The system's own priority of a thread: that of the framework has no effect on Linux.</summary>
internal static partial class CurrentThread
{
    private const int OneThread = 0;
    private const int Nice = 10;

    /// <summary>
    /// Lets the calling thread give way to all others for good, for work that nobody waits for: where processors are few, it would hold each
    /// request up by a turn of some milliseconds. It still gets a tenth of a processor that is never idle.
    /// </summary>
    public static void GiveWay()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetPriority(OneThread, 0, Nice);
        }
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint who, int priority);
}
