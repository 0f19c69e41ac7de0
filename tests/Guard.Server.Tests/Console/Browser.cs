using System.Diagnostics;
using System.Text.Json;

namespace Guard.Server.Tests.Console;

/// <summary>
/// Node with playwright-core and axe-core, which are installed once into a cache folder of the user, and a Chromium of the system.
/// <c>GUARD_PICTURES</c> names a folder to keep the pictures in, <c>GUARD_BROWSER</c> another browser.
/// </summary>
internal static class Browser
{
    private static readonly string[] s_packages = ["playwright-core@1.65.1", "axe-core@4.14.1"];
    private static readonly string[] s_browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly TimeSpan s_installing = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_walking = TimeSpan.FromMinutes(8);

    /// <summary>Walks as a script says.</summary>
    /// <param name="script">The script's path below the tests' own folder. It writes findings, one a line of JSON.</param>
    /// <param name="settings">What the script is told, beside where <c>modules</c>, <c>browser</c> and the folder for <c>pictures</c> are.</param>
    /// <returns>The findings, or why there are none.</returns>
    public static async Task<(IReadOnlyList<Finding> Findings, string? Missing)> WalkAsync(string script, IReadOnlyDictionary<string, string> settings)
    {
        var browser = Environment.GetEnvironmentVariable("GUARD_BROWSER") ?? s_browsers.FirstOrDefault(File.Exists);
        if (browser is null || !File.Exists(browser))
        {
            return ([], $"no browser at {browser ?? string.Join(", ", s_browsers)}; install Debian's chromium, or name one in GUARD_BROWSER");
        }

        var modules = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "guard-tests", string.Join('-', s_packages).Replace('@', '-'));
        if (await InstallAsync(modules) is { } missing)
        {
            return ([], missing);
        }

        var pictures = Environment.GetEnvironmentVariable("GUARD_PICTURES") ?? Path.Combine(Path.GetTempPath(), "guard-pictures");
        Directory.CreateDirectory(pictures);
        var told = JsonSerializer.Serialize(new Dictionary<string, string>(settings, StringComparer.Ordinal) { ["modules"] = modules, ["browser"] = browser, ["pictures"] = pictures });
        var (code, output, error) = await RunAsync("node", [Path.Combine(AppContext.BaseDirectory, script), told], s_walking);
        var findings = output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<Finding>(line, JsonSerializerOptions.Web)!).ToList();
        return ([.. findings, new Finding("runs to its end", "the walk", code == 0, error)], null);
    }

    private static async Task<string?> InstallAsync(string folder)
    {
        try
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules", "axe-core")) || !Directory.Exists(Path.Combine(folder, "node_modules", "playwright-core")))
            {
                Directory.CreateDirectory(folder);
                await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), "{\"private\":true}");
                var (code, _, error) = await RunAsync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", .. s_packages], s_installing);
                if (code != 0)
                {
                    return $"npm did not install {string.Join(" and ", s_packages)}: {error.Split('\n')[0]}";
                }
            }

            return null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "node and npm are not installed";
        }
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments, TimeSpan patience)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var end = new CancellationTokenSource(patience);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, await output, $"{program} did not end within {patience.TotalMinutes} minutes.");
        }

        return (process.ExitCode, await output, await error);
    }

    /// <summary>What was found on a page.</summary>
    internal sealed record Finding(string Check, string Page, bool Ok, string Detail);
}
