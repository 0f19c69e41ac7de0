using Guard.Cli.Processes;
using Guard.Cli.Tests.Serve;
using Guard.Cli.Torture;

namespace Guard.Cli.Tests.Torture;

public sealed class OddBodiesTests(SmallStarter starter) : IClassFixture<SmallStarter>, IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task Every_kind_is_sent_as_it_is_and_the_server_outlives_it()
    {
        await using var server = await ServerProcess.StartReadyAsync(new ServerLaunch(starter.Copy(_guard.File("data")).Path), CancellationToken.None);
        var (random, findings) = (new Random(1), new Findings());

        for (var number = 0; number < 3 * OddBodies.Kinds; number++)
        {
            await OddBodies.SendAsync(number % OddBodies.Kinds, server.Api.Address, new Mutations(random), random, findings, TimeSpan.FromSeconds(30), CancellationToken.None);
        }

        Assert.False(findings.Any, string.Join('\n', findings.ToList()));
        Assert.True(await server.Api.IsReadyAsync(CancellationToken.None));
    }
}
