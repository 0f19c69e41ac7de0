using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Guard.Engine.Tests;
using Guard.Server.Alerts;

namespace Guard.Server.Tests.Alerts;

public sealed class WebhookDeliveryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("guard-test-").FullName;
    private readonly MemoryAlerts _alerts = new();

    private string CursorFile => Path.Combine(_folder, "webhook.cursor");

    [Fact]
    public async Task A_delivery_is_a_signed_CloudEvent()
    {
        await using var receiver = await Receiver.StartAsync(204);
        await using var run = await new WebhookRun(_alerts, receiver.Address, CursorFile,
            options => options with { Secrets = [WebhookSecret.Parse(WebhookRun.Secret), WebhookSecret.Parse(WebhookSecret.Create())] }).StartAsync();
        await Waiting.UntilAsync(() => File.Exists(CursorFile));
        _alerts.Add();
        var received = await receiver.NextAsync();
        Assert.Equal("POST /hook", received.Line);
        Assert.Equal("application/cloudevents+json", received.Headers["content-type"]);
        Assert.Equal("alert-1.started", received.Id);
        var timestamp = long.Parse(received.Headers["webhook-timestamp"]);
        Assert.InRange(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - timestamp, 0, 60);
        var signatures = received.Headers["webhook-signature"].Split(' ');
        Assert.Equal(2, signatures.Length);
        Assert.Equal(WebhookSecret.Parse(WebhookRun.Secret).Sign(received.Id, timestamp, received.Body), signatures[0]);
        using var json = JsonDocument.Parse(received.Body);
        Assert.Equal("guard.alert.v1", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(received.Id, json.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Events_come_in_order_each_until_it_is_taken()
    {
        await using var receiver = await Receiver.StartAsync(500, 503, 404, 301, 204, 429, 200);
        await using var run = await StartAfterCursorAsync(receiver.Address, 0);
        _alerts.Add(3);
        Assert.Equal(
            ["alert-1.started", "alert-1.started", "alert-1.started", "alert-1.started", "alert-1.started", "alert-2.started", "alert-2.started", "alert-3.started"],
            await receiver.NextIdsAsync(8));
        await Waiting.UntilAsync(() => run.Delivery.Delivered == 3 && run.Delivery.Fault is null);
        Assert.True(receiver.IsQuiet);
        Assert.Equal([0], run.Measured.Now("guard.webhook.failing"));
        Assert.Equal([0], run.Measured.Now("guard.webhook.lost"));
        Assert.Equal(5, run.Log.Count);
        Assert.Contains(run.Log, line => line.Contains("status 301; redirects are not followed"));
        Assert.All(run.Log, line => Assert.DoesNotContain("/hook", line));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var trap = await Receiver.StartAsync(200);
        await using var receiver = await Receiver.StartAsync((number, context) =>
        {
            context.Response.StatusCode = number == 1 ? 307 : 200;
            context.Response.Headers.Location = trap.Address.ToString();
            return Task.CompletedTask;
        });
        await using var run = await StartAfterCursorAsync(receiver.Address, 0);
        _alerts.Add();
        Assert.Equal(["alert-1.started", "alert-1.started"], await receiver.NextIdsAsync(2));
        await Waiting.UntilAsync(() => run.Delivery.Delivered == 1);
        Assert.True(trap.IsQuiet);
    }

    [Fact]
    public async Task A_receiver_that_hangs_is_given_up_on_in_time_and_tried_again()
    {
        await using var receiver = await Receiver.StartAsync((number, context) =>
            number == 1 ? Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default) : Task.CompletedTask);
        await using var run = await StartAfterCursorAsync(receiver.Address, 0, options => options with { Timeout = TimeSpan.FromMilliseconds(300) });
        _alerts.Add();
        Assert.Equal(["alert-1.started", "alert-1.started"], await receiver.NextIdsAsync(2));
        Assert.Contains("no answer within 0.3 s", Assert.Single(run.Log));
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_costs_nothing_but_time()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/hook");
        socket.Stop();
        await using var run = await StartAfterCursorAsync(address, 0);
        _alerts.Add();
        await Waiting.UntilAsync(() => run.Log.Count >= 3);
        Assert.Equal(0, run.Delivery.Delivered);
        Assert.Contains("127.0.0.1", run.Delivery.Fault);
        var failing = Assert.Single(run.Measured.Now("guard.webhook.failing"));
        Assert.True(failing > 0);
        await Waiting.UntilAsync(() => run.Log.Count >= 4);
        Assert.True(Assert.Single(run.Measured.Now("guard.webhook.failing")) > failing);
    }

    [Fact]
    public async Task A_receiver_that_is_gone_gets_no_more()
    {
        await using var receiver = await Receiver.StartAsync(200, 410, 200);
        await using (var run = await StartAfterCursorAsync(receiver.Address, 0))
        {
            _alerts.Add(3);
            await receiver.NextIdsAsync(2);
            await Waiting.UntilAsync(() => run.Delivery.Fault is not null);
            Assert.Contains("410", run.Delivery.Fault);
            Assert.True(Assert.Single(run.Measured.Now("guard.webhook.failing")) > 0);
            Assert.Equal(1, run.Delivery.Delivered);
        }

        Assert.True(receiver.IsQuiet);
    }

    [Fact]
    public async Task An_event_that_is_refused_for_its_content_does_not_hold_up_the_next()
    {
        await using var receiver = await Receiver.StartAsync(400, 422, 413, 200);
        await using var run = await StartAfterCursorAsync(receiver.Address, 0, options => options with { RefusedTries = 3 });
        _alerts.Add(2);
        Assert.Equal(["alert-1.started", "alert-1.started", "alert-1.started", "alert-2.started"], await receiver.NextIdsAsync(4));
        Assert.Contains(run.Log, line => line.Contains("given up") && line.Contains("413"));
        Assert.Equal([1], run.Measured.Now("guard.webhook.lost"));
    }

    [Fact]
    public async Task After_a_restart_delivery_goes_on_behind_the_last_event_that_was_taken()
    {
        await using var receiver = await Receiver.StartAsync((number, context) =>
        {
            context.Response.StatusCode = number is 3 or 4 ? 500 : 200;
            return Task.CompletedTask;
        });
        _alerts.Add(4);
        await using (var run = await StartAfterCursorAsync(receiver.Address, 0, options => options with { FirstRetry = TimeSpan.FromHours(1), LongestRetry = TimeSpan.FromHours(1) }))
        {
            Assert.Equal(["alert-1.started", "alert-2.started", "alert-3.started"], await receiver.NextIdsAsync(3));
        }

        await using var second = await new WebhookRun(_alerts, receiver.Address, CursorFile).StartAsync();
        Assert.Equal(["alert-3.started", "alert-3.started", "alert-4.started"], await receiver.NextIdsAsync(3));
        await Waiting.UntilAsync(() => second.Delivery.Delivered == 4);
    }

    [Fact]
    public async Task A_new_webhook_begins_with_what_comes_next()
    {
        await using var receiver = await Receiver.StartAsync(200);
        _alerts.Add(5);
        await using var run = await new WebhookRun(_alerts, receiver.Address, CursorFile).StartAsync();
        await Waiting.UntilAsync(() => File.Exists(CursorFile));
        _alerts.Add();
        Assert.Equal("alert-6.started", (await receiver.NextAsync()).Id);
    }

    [Theory]
    [InlineData("alerts delivered up to ", "damaged", "alert-1.started")]
    [InlineData("alerts delivered up to 12", "damaged", "alert-1.started")]
    [InlineData("alerts delivered up to 99\n", "older", "alert-4.started")]
    public async Task A_cursor_that_does_not_fit_is_said(string content, string said, string next)
    {
        await using var receiver = await Receiver.StartAsync(200);
        _alerts.Add(3);
        await File.WriteAllTextAsync(CursorFile, content, TestContext.Current.CancellationToken);
        await using var run = await new WebhookRun(_alerts, receiver.Address, CursorFile).StartAsync();
        await Waiting.UntilAsync(() => !run.Log.IsEmpty);
        _alerts.Add();
        Assert.Equal(next, (await receiver.NextAsync()).Id);
        Assert.Contains(said, run.Log.First());
    }

    [Fact]
    public async Task Events_that_were_dropped_meanwhile_are_said()
    {
        await using var receiver = await Receiver.StartAsync(200);
        var alerts = new MemoryAlerts(kept: 2);
        alerts.Add(9);
        await File.WriteAllTextAsync(CursorFile, "alerts delivered up to 3\n", TestContext.Current.CancellationToken);
        await using var run = await new WebhookRun(alerts, receiver.Address, CursorFile).StartAsync();
        Assert.Equal(["alert-8.started", "alert-9.started"], await receiver.NextIdsAsync(2));
        Assert.Contains("4 alert events were dropped", Assert.Single(run.Log));
        Assert.Equal([4], run.Measured.Now("guard.webhook.lost"));
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_written_holds_nothing_back()
    {
        await using var receiver = await Receiver.StartAsync(200);
        await using var run = await new WebhookRun(_alerts, receiver.Address, Path.Combine(_folder, "no", "such", "folder")).StartAsync();
        await Waiting.UntilAsync(() => !run.Log.IsEmpty);
        _alerts.Add(2);
        Assert.Equal(["alert-1.started", "alert-2.started"], await receiver.NextIdsAsync(2));
        Assert.All(run.Log, line => Assert.Contains("cannot be written", line));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<WebhookRun> StartAfterCursorAsync(Uri address, long cursor, Func<WebhookOptions, WebhookOptions>? change = null)
    {
        await File.WriteAllTextAsync(CursorFile, $"alerts delivered up to {cursor}\n", TestContext.Current.CancellationToken);
        return await new WebhookRun(_alerts, address, CursorFile, change).StartAsync();
    }
}
