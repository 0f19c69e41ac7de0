using System.ComponentModel;
using System.Diagnostics;

namespace Guard.Cli.Torture;

/// <summary>Programs of the system that make and mount disks.</summary>
internal static class SystemProgram
{
    /// <summary>Runs one to its end.</summary>
    /// <returns>Whether it is there and succeeded.</returns>
    public static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
