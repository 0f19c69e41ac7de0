using System.ComponentModel;
using System.Diagnostics;

namespace Guard.Azure.Tests.Azurite;

/// <summary>Azurite in npm's terms, in a folder of the user's cache that all runs share.</summary>
internal static class AzuriteInstallation
{
    private const string Version = "3.35.0";

    /// <summary>Gets the script that serves blobs, which is installed where it is not there yet.</summary>
    /// <exception cref="AzuriteAbsentException">Node or npm is absent, or npm cannot get the package.</exception>
    public static async Task<string> BlobServerAsync(CancellationToken cancellationToken)
    {
        await RunAsync("node", ["--version"], cancellationToken);
        var cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "guard-tests");
        var installed = Path.Combine(cache, $"azurite-{Version}");
        var script = Path.Combine(installed, "node_modules", "azurite", "dist", "src", "blob", "main.js");
        if (File.Exists(script))
        {
            return script;
        }

        // Beside its place first, then moved: of two runs at once, both find a whole installation.
        Directory.CreateDirectory(cache);
        var building = Path.Combine(cache, $"azurite-{Guid.NewGuid():N}");
        try
        {
            await RunAsync("npm", ["install", "--prefix", building, "--no-audit", "--no-fund", "--loglevel", "error", $"azurite@{Version}"], cancellationToken);
            Directory.Move(building, installed);
        }
        catch (IOException) when (File.Exists(script))
        {
            Directory.Delete(building, recursive: true);
        }

        return script;
    }

    private static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = await process.StandardError.ReadToEndAsync(cancellationToken);
            await output;
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new AzuriteAbsentException($"Azurite is absent: {program} ended with {process.ExitCode}: {errors.Trim()}");
            }
        }
        catch (Win32Exception)
        {
            throw new AzuriteAbsentException($"Azurite is absent: it needs {program}, which is not on the path.");
        }
    }
}
