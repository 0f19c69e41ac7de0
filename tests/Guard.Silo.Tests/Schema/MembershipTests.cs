using System.Net;
using Guard.Silo.Schema;
using Guard.Silo.Tests.Hosting;
using Guard.Silo.Tests.Postgres;
using Npgsql;
using Orleans.Runtime;

namespace Guard.Silo.Tests.Schema;

/// <summary>What Orleans asks of a table of members, asked of ours through Orleans' own provider.</summary>
public sealed class MembershipTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTime s_now = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();
    private TestSilo? _silo;

    private IMembershipTable Table => _silo!.Service<IMembershipTable>();

    public async ValueTask InitializeAsync()
    {
        _silo = await TestSilo.BuildAsync(_folder.Path, await PostgresSilo.SettingsAsync(postgres, _folder));
        await Table.InitializeMembershipTable(tryInitTableVersion: true);
    }

    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_silo_that_enters_is_read_back_with_all_that_it_told()
    {
        var member = Member(1);
        Assert.True(await Table.InsertRow(member, (await Table.ReadAll()).Version.Next()));

        var (found, _) = (await Table.ReadRow(member.SiloAddress)).TryGet(member.SiloAddress)!;
        Assert.Equal((member.SiloName, member.HostName, member.Status, member.ProxyPort), (found.SiloName, found.HostName, found.Status, found.ProxyPort));
        Assert.Equal((s_now, s_now), (found.StartTime, found.IAmAliveTime));
        Assert.Empty((await Table.ReadRow(Member(2).SiloAddress)).Members);
    }

    [Fact]
    public async Task Of_many_who_change_the_members_from_one_version_exactly_one_succeeds()
    {
        var version = (await Table.ReadAll()).Version.Next();

        var entered = await Task.WhenAll(Enumerable.Range(1, 8).Select(port => Table.InsertRow(Member(port), version)));

        Assert.Single(entered, success => success);
        var all = await Table.ReadAll();
        Assert.Single(all.Members);
        Assert.Equal(version.Version, all.Version.Version);
    }

    [Fact]
    public async Task A_silo_enters_once_and_a_change_wants_the_newest_version()
    {
        var member = Member(1);
        var old = (await Table.ReadAll()).Version.Next();
        Assert.True(await Table.InsertRow(member, old));
        Assert.False(await Table.InsertRow(member, (await Table.ReadAll()).Version.Next()));

        member.Status = SiloStatus.Active;
        member.AddSuspector(Member(2).SiloAddress, s_now);
        Assert.False(await Table.UpdateRow(member, "", old));
        Assert.True(await Table.UpdateRow(member, "", (await Table.ReadAll()).Version.Next()));
        Assert.False(await Table.UpdateRow(Member(3), "", (await Table.ReadAll()).Version.Next()));

        var (found, _) = Assert.Single((await Table.ReadAll()).Members);
        Assert.Equal(SiloStatus.Active, found.Status);
        Assert.Equal(Member(2).SiloAddress, Assert.Single(found.SuspectTimes!).Item1);
    }

    [Fact]
    public async Task A_sign_of_life_changes_no_version_and_those_long_gone_are_swept_out()
    {
        var (alive, gone) = (Member(1), Member(2));
        (alive.Status, gone.Status) = (SiloStatus.Active, SiloStatus.Dead);
        await Table.InsertRow(alive, (await Table.ReadAll()).Version.Next());
        await Table.InsertRow(gone, (await Table.ReadAll()).Version.Next());
        var before = (await Table.ReadAll()).Version.Version;
        alive.IAmAliveTime = s_now.AddMinutes(5);
        await Table.UpdateIAmAlive(alive);

        await Table.CleanupDefunctSiloEntries(new DateTimeOffset(s_now.AddMinutes(1)));

        var all = await Table.ReadAll();
        Assert.Equal(alive.SiloAddress, Assert.Single(all.Members).Item1.SiloAddress);
        Assert.Equal(s_now.AddMinutes(5), all.Members[0].Item1.IAmAliveTime);
        Assert.Equal(before, all.Version.Version);
    }

    [Fact]
    public async Task Clusters_of_one_database_do_not_see_each_other()
    {
        await using var other = await TestSilo.BuildAsync(_folder.Path, [.. _silo!.Settings, ("Guard:ClusterId", "other")]);
        var table = other.Service<IMembershipTable>();
        await table.InitializeMembershipTable(tryInitTableVersion: true);
        await Table.InsertRow(Member(1), (await Table.ReadAll()).Version.Next());

        Assert.Empty((await table.ReadAll()).Members);
        await table.DeleteMembershipTableEntries("other");
        Assert.Single((await Table.ReadAll()).Members);
    }

    [Fact]
    public async Task The_schema_is_applied_by_several_at_once_and_again_over_what_stands()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.NewDatabaseAsync());
        var cancellation = TestContext.Current.CancellationToken;
        Assert.False(await DatabaseSchema.IsAppliedAsync(database, cancellation));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => DatabaseSchema.ApplyAsync(database, cancellation)));

        await using var insert = database.CreateCommand("INSERT INTO guard_artifact (path, content) VALUES ('a', 'x')");
        await insert.ExecuteNonQueryAsync(cancellation);
        await DatabaseSchema.ApplyAsync(database, cancellation);
        await using var count = database.CreateCommand("SELECT count(*) FROM guard_artifact");
        Assert.Equal(1L, await count.ExecuteScalarAsync(cancellation));
        Assert.True(await DatabaseSchema.IsAppliedAsync(database, cancellation));
    }

    private static MembershipEntry Member(int port) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 7),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30000 + port,
        StartTime = s_now,
        IAmAliveTime = s_now,
    };
}
