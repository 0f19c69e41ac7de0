namespace Guard.Deployment.Tests.Bicep;

/// <summary>The grammar of Bicep from npm, in a folder of the user's cache that all runs share.</summary>
internal static class BicepGrammar
{
    private static readonly string[] s_packages = ["tree-sitter-bicep@1.1.0", "web-tree-sitter@0.24.7"];

    /// <summary>Checks a folder of templates; skips the test where node, npm or the packages cannot be had.</summary>
    /// <param name="folder">The templates.</param>
    /// <param name="types">A clone of Azure/bicep-types-az, or <see langword="null"/> to leave types alone.</param>
    public static async Task<ToolResult> CheckAsync(string folder, string? types = null)
    {
        var grammar = await InstallAsync();
        var script = Path.Combine(AppContext.BaseDirectory, "Bicep", "check-bicep.mjs");
        return await Tool.RunAsync("node", types is null ? [script, grammar, folder] : [script, grammar, folder, types]);
    }

    private static async Task<string> InstallAsync()
    {
        var cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "guard-tests");
        var installed = Path.Combine(cache, "bicep-grammar-1.1.0");
        if (Directory.Exists(installed))
        {
            return installed;
        }

        // Beside its place first, then moved: of two runs at once, both find a whole installation.
        Directory.CreateDirectory(cache);
        var building = Path.Combine(cache, $"bicep-grammar-{Guid.NewGuid():N}");
        var npm = await Tool.RunAsync("npm", ["install", "--prefix", building, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error", .. s_packages]);
        Assert.SkipWhen(npm.ExitCode != 0, $"npm cannot get the grammar: {npm}");
        try
        {
            Directory.Move(building, installed);
        }
        catch (IOException) when (Directory.Exists(installed))
        {
            Directory.Delete(building, recursive: true);
        }

        return installed;
    }
}
