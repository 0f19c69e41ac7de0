using System.Diagnostics;
using System.Runtime.CompilerServices;
using Guard.Engine.Log;

namespace Guard.Engine.Tests.Log;

/// <summary>This test program as a process that appends to a log and prints each position once it is durable, so that a test may kill it.</summary>
internal static class AppendingChild
{
    private const string Variable = "GUARD_TEST_LOG_FOLDER";
    private const int BlocksAtOnce = 7;

    /// <summary>Starts the process on a folder.</summary>
    public static Process Start(string folder, string? program = null, params string[] arguments)
    {
        var start = new ProcessStartInfo(program ?? Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment[Variable] = folder;
        return Process.Start(start)!;
    }

    /// <summary>Gets the path of this test program.</summary>
    public static string Program => Path.Combine(AppContext.BaseDirectory, "Guard.Engine.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));

#pragma warning disable CA2255 // It must come before the test runner's own Main.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void RunWhereAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { } folder)
        {
            Run(folder);
            Environment.Exit(0);
        }
    }

    private static void Run(string folder)
    {
        using var log = PartitionLog.Open(folder, 0, LogFolderOnDisk.SmallSegments with { RetryAfter = TimeSpan.FromMilliseconds(20) });
        using var output = new StreamWriter(Console.OpenStandardOutput());
        output.AutoFlush = true;
        while (true)
        {
            LogFolderOnDisk.Append(log, BlocksAtOnce);
            while (!log.WaitDurableAsync(log.Next - 1).AsTask().Wait(TimeSpan.FromMilliseconds(500)))
            {
                if (log.Health.Condition != LogCondition.Writing)
                {
                    output.WriteLine(log.Health.Condition);
                }
            }

            output.WriteLine(log.Durable);
        }
    }
}
