using Guard.Core.Lifecycle;

namespace Guard.Silo.Tests.Hosting;

public sealed class SiloHealthTests
{
    [Fact]
    public async Task A_silo_has_started_once_it_joined_is_ready_once_it_can_decide_and_lives_until_it_ends()
    {
        using var folder = new TemporaryFolder();
        await using var silo = await TestSilo.BuildAsync(folder.Path);
        Assert.NotNull(silo.Health.NotStarted);
        Assert.NotNull(silo.Health.NotReady);
        Assert.Null(silo.Health.NotLive);

        await silo.StartAsync();
        Assert.Equal(200, (await silo.GetAsync("/health/startup")).Status);
        Assert.Equal(200, (await silo.GetAsync("/health/live")).Status);
        await UntilAsync(() => silo.Health.NotReady?.Contains("no model is in force", StringComparison.Ordinal) == true);
        Assert.Equal(503, (await silo.GetAsync("/health/ready")).Status);

        await TestPolicy.PublishAsync(silo.Service<IArtifactStore>());
        await UntilAsync(() => silo.Health.NotReady is null);
        Assert.Equal(200, (await silo.GetAsync("/health/ready")).Status);

        silo.Tell();
        var (status, text) = await silo.GetAsync("/health/ready");
        Assert.Equal(503, status);
        Assert.Contains("stops", text);
        Assert.Equal(200, (await silo.GetAsync("/health/live")).Status);
        Assert.Equal(200, (await silo.GetAsync("/health/startup")).Status);
        await silo.StopAsync();
    }

    [Fact]
    public async Task Health_is_told_without_a_key()
    {
        using var folder = new TemporaryFolder();
        var (_, keyFile) = TestKeys.Write(folder);
        await using var silo = await TestSilo.StartAsync(folder.Path, ("Guard:KeyFile", keyFile));

        Assert.Equal(200, (await silo.GetAsync("/health/startup")).Status);
        Assert.Equal(200, (await silo.GetAsync("/health/live")).Status);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        while (!holds())
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
