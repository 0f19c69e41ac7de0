namespace Guard.Grains.Tests;

public sealed class RetriesTests
{
    private static readonly Retries s_retries = new(TimeProvider.System, TimeSpan.FromMinutes(1));

    [Fact]
    public async Task A_call_that_a_stopping_silo_cancelled_is_made_again()
    {
        var calls = 0;

        var answer = await s_retries.RunAsync(() => ++calls == 1 ? throw new OperationCanceledException() : Task.FromResult(calls), TestContext.Current.CancellationToken);

        Assert.Equal(2, answer);
    }

    [Fact]
    public async Task Whoever_cancels_gets_no_further_call()
    {
        using var source = new CancellationTokenSource();
        var calls = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s_retries.RunAsync(async () =>
        {
            calls++;
            await source.CancelAsync();
            source.Token.ThrowIfCancellationRequested();
        }, source.Token));

        Assert.Equal(1, calls);
    }
}
