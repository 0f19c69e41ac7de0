using Guard.Cli.Options;
using Guard.Cli.Serve;

namespace Guard.Cli.Tests.Serve;

/// <summary>A data folder with a small starter model, made once for tests that copy it.</summary>
public sealed class SmallStarter : IAsyncLifetime
{
    private readonly GuardProcess _guard = new();

    public async ValueTask InitializeAsync() =>
        await Starter.PublishAsync(new DataFolder(_guard.File("model")), StarterOptions.Small, new Progress<double>(), CancellationToken.None);

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        return ValueTask.CompletedTask;
    }

    internal DataFolder Copy(string path)
    {
        foreach (var file in _guard.Files())
        {
            var copy = Path.Combine(path, Path.GetRelativePath("model", file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            System.IO.File.Copy(_guard.File(file), copy);
        }

        return new DataFolder(path);
    }
}
