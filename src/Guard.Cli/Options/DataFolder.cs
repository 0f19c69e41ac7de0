using System.CommandLine;
using Guard.Core.Clicks;
using Guard.Core.Lifecycle;
using Guard.Engine.Artifacts;
using Guard.Engine.Intake;

namespace Guard.Cli.Options;

/// <summary>The folder that holds a deployment's key, models and thresholds.</summary>
internal sealed class DataFolder
{
    private const string Name = "clicks";

    public DataFolder(string path)
    {
        Path = path;
        Store = new FileArtifactStore(System.IO.Path.Combine(path, "artifacts"));
        Models = new VersionedArtifacts(Store, $"models/{Name}");
        Thresholds = new VersionedArtifacts(Store, $"thresholds/{Name}");
    }

    /// <summary>Gets the option that names the folder.</summary>
    public static Option<string> Option { get; } = new("--data")
    {
        Description = "The folder that holds the hashing key, models and thresholds",
        HelpName = "folder",
        DefaultValueFactory = _ => "guard-data",
    };

    /// <summary>Gets the folder itself.</summary>
    public string Path { get; }

    /// <summary>Gets where models and thresholds are kept.</summary>
    public IArtifactStore Store { get; }

    public VersionedArtifacts Models { get; }

    public VersionedArtifacts Thresholds { get; }

    /// <summary>Gets the folder that a command line names.</summary>
    public static DataFolder Of(ParseResult parse) => new(parse.GetRequiredValue(Option));

    private string KeyFile => System.IO.Path.Combine(Path, "hashing.key");

    /// <summary>Gets the hash of the folder's key, which is made on first use.</summary>
    public KeyedHash Hash() => new(HashingKeyFile.LoadOrCreate(KeyFile));

    /// <summary>Gives the folder a key that follows from a seed. A simulated stream has no secrets, and its runs should reproduce.</summary>
    public void KeyFromSeed(ulong seed)
    {
        Directory.CreateDirectory(Path);
        File.WriteAllText(KeyFile, $"{seed:x16}{~seed:x16}\n");
    }
}
