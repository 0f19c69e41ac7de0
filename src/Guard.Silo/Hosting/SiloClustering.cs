using System.Net;
using Azure.Data.Tables;
using Guard.Azure.Storage;
using Guard.Silo.Configuration;
using Orleans.Configuration;

namespace Guard.Silo.Hosting;

/// <summary>Membership and reminders as the configuration wants them.</summary>
internal static class SiloClustering
{
    private const string Invariant = "Npgsql";

    // One that does not answer three probes is given up.
    private const int MissedProbes = 3;

    public static void Add(ISiloBuilder silo, Configuration.SiloOptions options, SiloStores stores)
    {
        var clustering = options.Clustering;
        silo.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = (options.ServiceId, options.ClusterId));
        silo.Configure<ClusterMembershipOptions>(members =>
        {
            (members.ProbeTimeout, members.NumMissedProbesLimit, members.NumVotesForDeathDeclaration) = (clustering.ProbeTimeout, MissedProbes, clustering.Votes);

            // Whose signs of life stay out for as long is asked after by silos that still join, too.
            (members.IAmAliveTablePublishTimeout, members.NumMissedTableIAmAliveLimit) = (clustering.ProbeTimeout, MissedProbes);
        });
        switch (clustering.Kind)
        {
            case ClusteringKind.Development:
                var first = new IPEndPoint(IPAddress.Loopback, clustering.FirstSiloPort ?? options.Endpoints.SiloPort);
                silo.UseDevelopmentClustering(first);
                silo.UseInMemoryReminderService();
                break;

            case ClusteringKind.AdoNet:
                silo.UseAdoNetClustering(members => (members.Invariant, members.DataSource) = (Invariant, stores.Database));
                silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.DataSource) = (Invariant, stores.Database));
                break;

            default:
                var tables = new TableServiceClient(clustering.TableServiceUri!, BlobContainers.CredentialOf(options.State!));
                silo.UseAzureStorageClustering(members => members.TableServiceClient = tables);
                silo.UseAzureTableReminderService(reminders => reminders.TableServiceClient = tables);
                break;
        }
    }
}
