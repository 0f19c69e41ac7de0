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
    private readonly string _path;

    public DataFolder(string path)
    {
        _path = path;
        var store = new FileArtifactStore(Path.Combine(path, "artifacts"));
        Models = new VersionedArtifacts(store, $"models/{Name}");
        Thresholds = new VersionedArtifacts(store, $"thresholds/{Name}");
    }

    /// <summary>Gets the option that names the folder.</summary>
    public static Option<string> Option { get; } = new("--data")
    {
        Description = "The folder that holds the hashing key, models and thresholds",
        HelpName = "folder",
        DefaultValueFactory = _ => "guard-data",
    };

    public VersionedArtifacts Models { get; }

    public VersionedArtifacts Thresholds { get; }

    /// <summary>Gets the hash of the folder's key, which is made on first use.</summary>
    public KeyedHash Hash() => new(HashingKeyFile.LoadOrCreate(Path.Combine(_path, "hashing.key")));
}
