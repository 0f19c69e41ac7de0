namespace Guard.Simulation.Experiments;

/// <summary>Finds the folder of reference data sets, which is no part of the project.</summary>
public static class ExperimentData
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string Variable = "GUARD_TEST_DATA";

    /// <summary>
    /// The folder given, else the one that <see cref="Variable"/> names, else the first <c>shared/data</c> beside or above the program or the
    /// current folder; null where there is none.
    /// </summary>
    public static string? Folder(string? given = null)
    {
        var named = given ?? Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(named))
        {
            return Directory.Exists(named) ? named : null;
        }

        return Above(AppContext.BaseDirectory) ?? Above(Directory.GetCurrentDirectory());
    }

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
