using Guard.Engine.Artifacts;
using Guard.Engine.Tests;
using Guard.Server.Alerts;

namespace Guard.Server.Tests.Alerts;

public sealed class SharedCursorTests : IDisposable
{
    private static readonly TimeSpan s_expiry = TimeSpan.FromMilliseconds(600);
    private readonly string _folder = Directory.CreateTempSubdirectory("guard-test-").FullName;
    private readonly MemoryAlerts _alerts = new();

    private FileArtifactStore Store => new(_folder);

    [Fact]
    public async Task Of_two_processes_one_delivers_and_the_other_goes_on_where_it_ended()
    {
        await using var receiver = await Receiver.StartAsync(204);
        var first = await StartAsync(receiver);
        await KeptAsync(0);
        await using (var second = await StartAsync(receiver))
        {
            _alerts.Add(3);
            Assert.Equal(["alert-1.started", "alert-2.started", "alert-3.started"], await receiver.NextIdsAsync(3));
            await KeptAsync(3);
            Assert.Equal((3, 0), (first.Delivery.Delivered, second.Delivery.Delivered));

            await first.DisposeAsync();
            _alerts.Add(2);
            Assert.Equal(["alert-4.started", "alert-5.started"], await receiver.NextIdsAsync(2));
            await KeptAsync(5);
        }

        Assert.True(receiver.IsQuiet);
    }

    [Fact]
    public async Task A_turn_without_a_sign_of_life_is_taken_over()
    {
        await Store.ReplaceAsync(SharedCursor.Path, "{\"Delivered\":2,\"Holder\":\"a process that was killed\",\"Beat\":7}"u8.ToArray(), null, TestContext.Current.CancellationToken);
        _alerts.Add(4);
        await using var receiver = await Receiver.StartAsync(204);
        await using var run = await StartAsync(receiver);

        Assert.Equal(["alert-3.started", "alert-4.started"], await receiver.NextIdsAsync(2));
    }

    [Fact]
    public async Task Who_beats_keeps_the_turn_though_it_has_nothing_to_deliver()
    {
        using var first = new SharedCursor(Store, TimeProvider.System, s_expiry);
        using var second = new SharedCursor(Store, TimeProvider.System, s_expiry);
        Assert.Null(await first.BeginAsync(TestContext.Current.CancellationToken));
        using var patience = new CancellationTokenSource(3 * s_expiry);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await second.BeginAsync(patience.Token));

        Assert.False(first.Turn.IsCancellationRequested);
        await first.KeepAsync(4, TestContext.Current.CancellationToken);
        await first.EndAsync();
        Assert.Equal(4, await second.BeginAsync(TestContext.Current.CancellationToken));
        await second.EndAsync();
    }

    [Fact]
    public async Task Who_lost_the_turn_learns_of_it_and_moves_nothing_any_more()
    {
        using var cursor = new SharedCursor(Store, TimeProvider.System, s_expiry);
        await cursor.BeginAsync(TestContext.Current.CancellationToken);
        await StealAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cursor.KeepAsync(3, TestContext.Current.CancellationToken));

        Assert.True(cursor.Turn.IsCancellationRequested);
        Assert.Equal(9, CursorTurn.Read(await Store.ReadAsync(SharedCursor.Path, TestContext.Current.CancellationToken)).Delivered);
        await cursor.EndAsync();
    }

    [Fact]
    public async Task Who_lost_the_turn_shows_no_failing_webhook_any_more()
    {
        await using var receiver = await Receiver.StartAsync(500);
        await using var run = await StartAsync(receiver);
        await KeptAsync(0);
        _alerts.Add();
        await Waiting.UntilAsync(() => run.Measured.Now("guard.webhook.failing") is [> 0]);

        await StealAsync();

        await Waiting.UntilAsync(() => run.Measured.Now("guard.webhook.failing") is [0]);
    }

    [Fact]
    public async Task What_is_damaged_is_delivered_anew()
    {
        await Store.ReplaceAsync(SharedCursor.Path, "no cursor"u8.ToArray(), null, TestContext.Current.CancellationToken);
        using var cursor = new SharedCursor(Store, TimeProvider.System, s_expiry);

        Assert.Equal(-1, await cursor.BeginAsync(TestContext.Current.CancellationToken));
        await cursor.EndAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Task<WebhookRun> StartAsync(Receiver receiver) =>
        new WebhookRun(_alerts, receiver.Address, "", options => options with { CursorFile = null }, new SharedCursor(Store, TimeProvider.System, s_expiry)).StartAsync();

    private async Task StealAsync()
    {
        string? taken;
        do
        {
            var found = await Store.ReadAsync(SharedCursor.Path, TestContext.Current.CancellationToken);
            taken = await Store.ReplaceAsync(SharedCursor.Path, "{\"Delivered\":9,\"Holder\":\"another\",\"Beat\":1}"u8.ToArray(), found!.ETag, TestContext.Current.CancellationToken);
        }
        while (taken is null);
    }

    private async Task KeptAsync(long number)
    {
        while (CursorTurn.Read(await Store.ReadAsync(SharedCursor.Path, TestContext.Current.CancellationToken)).Delivered != number)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
