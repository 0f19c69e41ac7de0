using Guard.Cli.Processes;

namespace Guard.Cli.Torture;

/// <summary>Where a torture takes place: a temporary folder with a deployment to copy, so that all servers decide by the same model and hash alike.</summary>
/// <param name="folder">The folder, which the caller removes.</param>
/// <param name="model">A data folder with a hashing key, a model and thresholds in force.</param>
/// <param name="options">How hard it is.</param>
internal sealed class TortureGround(string folder, string model, TortureOptions options)
{
    public TortureOptions Options => options;

    public string Folder => folder;

    /// <summary>Gets a random generator that depends on the seed and a name alone.</summary>
    public Random Random(string name) => new(name.Aggregate(options.Seed, (seed, letter) => unchecked((seed * 31) + letter)));

    /// <summary>Makes a data folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="under">Where; <see langword="null"/> for the torture's own folder.</param>
    public string NewData(string name, string? under = null)
    {
        var path = Path.Combine(under ?? folder, name);
        Copy(new DirectoryInfo(model), path);
        return path;
    }

    /// <summary>Runs a server that nothing troubles, gives it a part of the stream and hands it over for comparison.</summary>
    public async Task<ServerProcess> ReferenceAsync(string name, long bodies, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation)
    {
        var server = await ServerProcess.StartReadyAsync(new ServerLaunch(NewData(name)), cancellation);
        var producer = new Producer(new TortureStream(options.Seed), findings);
        while (producer.Sent < bodies)
        {
            if (!await producer.SendNextAsync(server.Api, cancellation))
            {
                throw new ServerGoneException($"the undisturbed server went away: {server.Errors}");
            }

            progress.Report((producer.Sent / (double)bodies, "the same events without a fault"));
        }

        return server;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(to, file.Name));
        }

        foreach (var inner in from.EnumerateDirectories())
        {
            Copy(inner, Path.Combine(to, inner.Name));
        }
    }
}
