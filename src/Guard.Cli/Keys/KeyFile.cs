using Guard.Cli.Options;
using Guard.Cli.Terminal;
using Guard.Server.Keys;

namespace Guard.Cli.Keys;

/// <summary>The keys of a data folder, as hashes.</summary>
internal static class KeyFile
{
    /// <summary>Gets where a data folder's keys stand.</summary>
    public static string PathIn(DataFolder data) => Path.Combine(data.Path, "keys.json");

    /// <summary>Reads the keys; none where there is no file.</summary>
    /// <exception cref="CommandException">The file holds something else.</exception>
    public static ApiKeys Read(DataFolder data)
    {
        var path = PathIn(data);
        try
        {
            return File.Exists(path) ? ApiKeys.Read(File.ReadAllBytes(path)) : new ApiKeys([]);
        }
        catch (FormatException exception)
        {
            throw new CommandException($"{path}: {exception.Message}");
        }
    }

    /// <summary>Replaces the keys as a whole.</summary>
    public static void Write(DataFolder data, IEnumerable<ApiKey> keys)
    {
        Directory.CreateDirectory(data.Path);
        var path = PathIn(data);
        var whole = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(whole, options))
        {
            stream.Write(new ApiKeys([.. keys]).ToJson());
            stream.Flush(flushToDisk: true);
        }

        File.Move(whole, path, overwrite: true);
    }
}
