using System.Net;
using System.Net.Sockets;
using Guard.Cli.Processes;
using Guard.Cli.Terminal;
using Guard.Core.Scoring;

namespace Guard.Cli.Tests.Serve;

public sealed class ServeTests(SmallStarter starter) : IClassFixture<SmallStarter>, IDisposable
{
    private readonly GuardProcess _guard = new();

    public void Dispose() => _guard.Dispose();

    [Fact]
    public async Task A_folder_without_a_model_gets_a_starter_that_says_what_it_is()
    {
        var data = starter.Copy(_guard.File("data"));
        var model = ModelArtifact.Read(await data.Models.ReadAsync((await data.Models.CurrentAsync())!), Core.Features.ClickFeatures.Schema);

        Assert.Contains("Simulated traffic only", model.Card.Data, StringComparison.Ordinal);
        Assert.NotNull(await data.Thresholds.CurrentAsync());
        await using var server = await StartAsync(data.Path);
        Assert.Contains(server.Output, line => line.Contains("Simulated traffic only", StringComparison.Ordinal));
        Assert.Contains(server.Output, line => line.StartsWith("console     http://127.0.0.1:", StringComparison.Ordinal));
        Assert.Contains(server.Output, line => line.Contains(Path.GetFullPath(data.Path), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_scenario_that_is_sent_to_it_is_decided_and_outlives_a_stop()
    {
        var data = starter.Copy(_guard.File("data"));
        long clicks;
        await using (var server = await StartAsync(data.Path))
        {
            var sent = await _guard.RunAsync("simulate", "quiet", "--clicks", "2000", "--to", server.Api.Address.ToString(), "--speed", "max", "--json");
            Assert.True(sent.ExitCode == 0, sent.Error);
            Assert.True(sent.Json.GetProperty("accepted").GetInt64() > 2000);
            clicks = (await server.Api.GetAsync("v1/traffic", CancellationToken.None)).GetProperty("clicks").GetInt64();
            Assert.Equal(2000, clicks);
            Assert.Equal(ExitCode.Done, await server.StopAsync(CancellationToken.None));
        }

        await using var again = await StartAsync(data.Path);
        var page = await again.Api.GetAsync($"v1/decisions?after={clicks - 1}", CancellationToken.None);
        Assert.Equal(1, page.GetProperty("decisions").GetArrayLength());
        Assert.Equal(clicks, page.GetProperty("next").GetInt64());
    }

    [Fact]
    public async Task Beyond_this_machine_it_wants_a_key_and_with_one_every_caller_does()
    {
        var data = starter.Copy(_guard.File("data"));
        var refused = await _guard.RunAsync("serve", "--data", data.Path, "--url", "http://0.0.0.0:0");
        Assert.Equal(ExitCode.Failed, refused.ExitCode);
        Assert.Contains("guard key", Assert.Single(Lines(refused.Error)), StringComparison.Ordinal);

        var made = await _guard.RunAsync("key", "create", "--scopes", "send", "--data", data.Path, "--json");
        await using var server = await StartAsync(data.Path);

        var without = await _guard.RunAsync("simulate", "quiet", "--clicks", "10", "--to", server.Api.Address.ToString(), "--speed", "max");
        var with = await _guard.RunAsync("simulate", "quiet", "--clicks", "10", "--to", server.Api.Address.ToString(), "--speed", "max", "--key", made.Json.GetProperty("key").GetString()!);

        Assert.Equal(ExitCode.Failed, without.ExitCode);
        Assert.Contains("401", without.Error, StringComparison.Ordinal);
        Assert.True(with.ExitCode == 0, with.Error);
    }

    [Fact]
    public async Task Without_a_model_and_a_starter_it_does_not_start()
    {
        var result = await _guard.RunAsync("serve", "--data", _guard.File("empty"), "--no-starter", "--url", "http://127.0.0.1:0");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.Contains("guard train", Assert.Single(Lines(result.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GUARD__SERVER__BODYBITES", "1", "BODYBITES: there is no such setting")]
    [InlineData("GUARD__ENGIN__QUEUEBYTES", "1", "GUARD__ENGIN: there is no such section")]
    [InlineData("GUARD__ENGINE__LOG__SEGMENTSIZE", "1", "GUARD__ENGINE__LOG__SEGMENTSIZE: there is no such setting")]
    [InlineData("GUARD__SERVER__BODYBYTES", "many", "GUARD__SERVER__BODYBYTES: many is not")]
    [InlineData("GUARD__SERVER__BODYBYTES", "1", "BodyBytes")]
    [InlineData("GUARD__ENGINE__SNAPSHOTINTERVAL", "00:00:00", "SnapshotInterval")]
    public async Task A_setting_that_does_not_do_is_one_line_that_names_it(string name, string value, string expected)
    {
        var data = starter.Copy(_guard.File("data"));
        await using var server = ServerProcess.Start(new ServerLaunch(data.Path) { Environment = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value } });

        Assert.Equal(ExitCode.Failed, await server.ExitAsync(CancellationToken.None));
        Assert.Contains(expected, server.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" | ", server.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_one_line_that_names_it()
    {
        var data = starter.Copy(_guard.File("data"));
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var result = await _guard.RunAsync("serve", "--data", data.Path, "--url", $"http://localhost:{port}");

        Assert.Equal(ExitCode.Failed, result.ExitCode);
        Assert.StartsWith($"guard: --url 127.0.0.1:{port}: another program listens there", Assert.Single(Lines(result.Error)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost")]
    [InlineData("5080")]
    public async Task An_address_that_it_cannot_listen_on_is_a_usage_error(string url) =>
        Assert.Equal(ExitCode.Usage, (await _guard.RunAsync("serve", "--url", url)).ExitCode);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Task<ServerProcess> StartAsync(string data) => ServerProcess.StartReadyAsync(new ServerLaunch(data), CancellationToken.None);
}
