using System.Text.Json;
using Guard.Core.Lifecycle;

namespace Guard.Silo.Tests.Hosting;

[Collection(Alone.Name)]
public sealed class DashboardTests
{
    private static readonly string[] s_pages =
        ["/dashboard/", "/dashboard/index.html", "/dashboard/index.min.js", "/dashboard/DashboardCounters", "/dashboard/ClusterStats", "/dashboard/Reminders", "/dashboard/GrainState?grainId=guard.ingest/0&grainType=x", "/dashboard/GrainTypes", "/dashboard/Trace", "/dashboard/TopGrainMethods"];

    [Fact]
    public async Task Whoever_has_no_administrators_key_sees_nothing_of_it()
    {
        using var folder = new TemporaryFolder();
        var (keys, keyFile) = TestKeys.Write(folder);
        await using var silo = await TestSilo.StartAsync(folder.Path, ("Guard:KeyFile", keyFile));

        foreach (var page in s_pages)
        {
            Assert.Equal((page, 401), (page, (await silo.GetAsync(page)).Status));
            Assert.Equal((page, 401), (page, (await silo.GetAsync(page, "guard_0_0")).Status));
            Assert.Equal((page, 403), (page, (await silo.GetAsync(page, keys.Read)).Status));
        }

        Assert.Equal(200, (await silo.GetAsync("/dashboard/", keys.Admin)).Status);
    }

    [Fact]
    public async Task Its_live_log_is_shut_for_everyone()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(folder.Path);

        Assert.Equal(403, (await silo.GetAsync("/dashboard/Trace")).Status);
    }

    [Fact]
    public async Task It_shows_the_types_of_grains_that_work_and_how_many_there_are()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.StartAsync(folder.Path);
        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        await silo.Service<IGrainFactory>().GetGrain<Guard.Grains.Ingest.IIngestGrain>("0").StatusAsync();

        string counters;
        do
        {
            (var status, counters) = await silo.GetAsync("/dashboard/DashboardCounters");
            Assert.Equal(200, status);
        }
        while (!counters.Contains("IngestGrain", StringComparison.Ordinal));

        using var json = JsonDocument.Parse(counters);
        Assert.Equal(1, json.RootElement.GetProperty("totalActiveHostCount").GetInt32());
        var ingest = json.RootElement.GetProperty("simpleGrainStats").EnumerateArray().Where(grain => grain.GetProperty("grainType").GetString()!.Contains("IngestGrain", StringComparison.Ordinal));

        // The one that was asked, and the one that takes events in over HTTP.
        Assert.Equal(2, Assert.Single(ingest).GetProperty("activationCount").GetInt32());
    }
}
