using System.ComponentModel;
using System.Diagnostics;

namespace Guard.Deployment.Tests;

/// <summary>Runs a program that a machine may lack.</summary>
internal static class Tool
{
    /// <summary>Runs it to its end; skips the test where it is not on the path.</summary>
    public static async Task<ToolResult> RunAsync(string program, string[] arguments, string? input = null) =>
        await TryRunAsync(program, arguments, input) ?? Skip(program);

    private static ToolResult Skip(string program)
    {
        Assert.Skip($"{program} is not on the path.");
        return null!;
    }

    private static async Task<ToolResult?> TryRunAsync(string program, string[] arguments, string? input)
    {
        var cancellation = TestContext.Current.CancellationToken;
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            return null;
        }

        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
            await process.WaitForExitAsync(cancellation);
            return new(process.ExitCode, await output, await errors);
        }
    }
}
