using Guard.Silo.Configuration;
using Guard.Silo.Hosting;
using Guard.Starter;

namespace Guard.Silo.Operations;

/// <summary>Lets a newcomer's cluster decide at once: without a model it makes one from simulated traffic.</summary>
internal static class StarterPolicy
{
    /// <summary>Makes a starter model where a development cluster has none; a deployment publishes its own.</summary>
    public static async Task MakeAsync(SiloOptions options, SiloStores stores, CancellationToken cancellation)
    {
        var isWanted = options.Policy.Starter && options.Clustering.Kind == ClusteringKind.Development && options.Clustering.FirstSiloPort is null;
        if (isWanted && await stores.Artifacts.ReadAsync($"models/{options.Policy.Name}/current.json", cancellation) is null)
        {
            await Console.Error.WriteLineAsync($"No model is in force in {options.Folder}: making a starter from simulated traffic, which takes some seconds.");
            await StarterModel.PublishAsync(stores.Artifacts, options.Policy.Name, stores.Hash, StarterOptions.Default, new Progress<double>(), cancellation);
        }
    }
}
