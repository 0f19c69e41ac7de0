using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Guard.Core.Lifecycle;
using Guard.Grains.Ingest;
using Guard.Silo.Configuration;
using Guard.Silo.Storage;
using Guard.Silo.Tests.Postgres;
using Npgsql;
using Orleans.Runtime;

namespace Guard.Silo.Tests.Hosting;

public sealed class ClusterTests(PostgresFixture postgres)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Two_silos_of_one_database_make_one_cluster()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestSilo.StartAsync(folder.Path, await PostgresSilo.SettingsAsync(postgres, folder));
        await using var second = await TestSilo.StartAsync(folder.Path, first.Settings);

        await TogetherAsync(first, second);
    }

    [Fact]
    public async Task Over_PostgreSQL_old_rejected_events_go_as_they_do_elsewhere()
    {
        using var folder = new TemporaryFolder();
        var settings = await PostgresSilo.SettingsAsync(postgres, folder);
        await using var database = NpgsqlDataSource.Create(settings.Single(setting => setting.Key == "Guard:Clustering:ConnectionString").Value!);
        var store = new PostgresArtifactStore(database);
        var young = $"quarantine/{TimeProvider.System.GetUtcNow().AddDays(-2):yyyy-MM-dd}/00000/1-1.ndjson";
        await store.CreateAsync("quarantine/2020-01-01/00000/0-0.ndjson", "{}\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await store.CreateAsync(young, "{}\n"u8.ToArray(), TestContext.Current.CancellationToken);

        await using var silo = await TestSilo.StartAsync(folder.Path, settings);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_patience);
        while (await store.ReadAsync("quarantine/2020-01-01/00000/0-0.ndjson", limit.Token) is not null)
        {
            await Task.Delay(20, limit.Token);
        }

        Assert.Equal([young], await store.ListAsync("quarantine", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_development_cluster_grows_by_silos_that_know_the_first_ones_port()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestSilo.StartAsync(folder.Path);
        await using var second = await TestSilo.StartAsync(folder.Path, ("Guard:Clustering:FirstSiloPort", $"{first.Options.Endpoints.SiloPort}"));

        await TogetherAsync(first, second);
    }

    [Fact]
    public async Task Silos_talk_over_TLS()
    {
        using var folder = new TemporaryFolder();
        await using var first = await TestSilo.StartAsync(folder.Path, [.. await PostgresSilo.SettingsAsync(postgres, folder), .. TestCertificates.Write(folder, "ours")]);
        await using var second = await TestSilo.StartAsync(folder.Path, first.Settings);

        await TogetherAsync(first, second);
    }

    [Fact]
    public async Task Whoever_shows_no_certificate_is_not_talked_to()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(folder.Path, TestCertificates.Write(folder, "ours"));
        foreach (var port in new[] { silo.Options.Endpoints.SiloPort, silo.Options.Endpoints.GatewayPort })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
            await using var caller = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => ((X509Certificate2)certificate!).MatchesHostname("guard-silo"));

            var refused = await Assert.ThrowsAnyAsync<Exception>(async () =>
            {
                await caller.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "guard-silo" }, TestContext.Current.CancellationToken);

                // TLS 1.3 lets the caller believe that it is in until it reads.
                await caller.ReadExactlyAsync(new byte[1], TestContext.Current.CancellationToken).AsTask().WaitAsync(s_patience, TestContext.Current.CancellationToken);
            });
            Assert.True(refused is IOException or AuthenticationException, refused.ToString());
        }
    }

    [Fact]
    public async Task A_database_without_the_schema_is_refused_with_the_command_that_mends_it()
    {
        using var folder = new TemporaryFolder();
        var connection = await postgres.NewDatabaseAsync();

        var refused = await Assert.ThrowsAsync<SiloConfigurationException>(() => TestSilo.BuildAsync(folder.Path,
            ("Guard:Clustering:Kind", "AdoNet"), ("Guard:Clustering:ConnectionString", connection), ("Guard:HashingKeyFile", folder.Write("hashing.key", PostgresSilo.HashingKey))));

        Assert.Contains("schema --apply", refused.Message);
    }

    private static async Task TogetherAsync(TestSilo first, TestSilo second)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_patience);
        while (Active(first).Count < 2 || Active(second).Count < 2)
        {
            await Task.Delay(20, limit.Token);
        }

        // What one writes the other reads, and a grain answers both.
        await TestPolicy.PublishAsync(first.Service<IArtifactStore>());
        Assert.NotNull(await second.Service<IArtifactStore>().ReadAsync("models/clicks/current.json", TestContext.Current.CancellationToken));
        foreach (var silo in new[] { first, second })
        {
            for (var partition = 0; partition < 8; partition++)
            {
                Assert.Equal(-1, (await silo.Service<IGrainFactory>().GetGrain<IIngestGrain>($"{partition}").StatusAsync()).Last);
            }
        }
    }

    private static Dictionary<SiloAddress, SiloStatus> Active(TestSilo silo) => silo.Service<ISiloStatusOracle>().GetApproximateSiloStatuses(onlyActive: true);
}
