using Guard.Core.Clicks;
using Guard.Core.Lists;
using Guard.Server.Keys;
using Guard.Silo.Configuration;

namespace Guard.Silo.Hosting;

/// <summary>Reads the files that the configuration names.</summary>
internal static class SiloFiles
{
    /// <summary>Reads the API keys; none where no file is named.</summary>
    /// <exception cref="SiloConfigurationException">The file holds no key, and with none nobody would be kept out.</exception>
    public static IReadOnlyList<ApiKey> Keys(SiloOptions options)
    {
        if (options.KeyFile is null)
        {
            return [];
        }

        var keys = Read(nameof(options.KeyFile), options.KeyFile, content => ApiKeys.Read(content).All);
        Setting.Require(keys.Count > 0, "", nameof(options.KeyFile), $"{options.KeyFile} holds no key; make one with `guard key create`");
        return keys;
    }

    /// <summary>Reads the allow and deny list; an empty one where no file is named.</summary>
    public static AccessList Access(SiloOptions options, KeyedHash hash) =>
        options.Policy.AccessFile is { } path ? Read($"Policy:{nameof(PolicySettings.AccessFile)}", path, content => AccessList.Read(content, hash, path)) : AccessList.Empty;

    /// <summary>Reads the crawler list; the built-in one where no file is named.</summary>
    public static CrawlerList Crawlers(SiloOptions options) =>
        options.Policy.CrawlerFile is { } path ? Read($"Policy:{nameof(PolicySettings.CrawlerFile)}", path, content => CrawlerList.Read(content, path)) : CrawlerList.BuiltIn;

    private static T Read<T>(string setting, string path, Func<byte[], T> read)
    {
        try
        {
            return read(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            throw new SiloConfigurationException($"{SiloConfiguration.Section}:{setting} does not do: {exception.Message}", exception);
        }
    }
}
