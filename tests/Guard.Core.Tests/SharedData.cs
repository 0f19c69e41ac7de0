namespace Guard.Core.Tests;

/// <summary>Finds the folder of real data that some tests read, or skips the test.</summary>
internal static class SharedData
{
    /// <summary>Gets a file below the data folder: <c>GUARD_TEST_DATA</c>, or <c>shared/data</c> beside a folder above this one.</summary>
    public static string File(string relativePath)
    {
        var candidates = new List<string?> { Environment.GetEnvironmentVariable("GUARD_TEST_DATA") };
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            candidates.Add(Path.Combine(folder.FullName, "shared", "data"));
        }

        var found = candidates.OfType<string>().Select(folder => Path.Combine(folder, relativePath)).FirstOrDefault(System.IO.File.Exists);
        Assert.SkipWhen(found is null, $"The data file {relativePath} is not here; set GUARD_TEST_DATA to the folder that holds it.");
        return found!;
    }
}
