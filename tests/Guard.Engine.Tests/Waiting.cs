using System.Runtime.CompilerServices;

namespace Guard.Engine.Tests;

/// <summary>Waits for what no task announces, and says what it waited for where it never comes.</summary>
internal static class Waiting
{
    /// <summary>Gets the time after which a wait is in vain. A machine that is busy with other tests needs a part of it.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Waits until something holds.</summary>
    public static Task UntilAsync(Func<bool> holds, [CallerArgumentExpression(nameof(holds))] string what = "") =>
        UntilAsync(() => ValueTask.FromResult(holds()), what);

    /// <summary>Waits until something holds.</summary>
    public static async Task UntilAsync(Func<ValueTask<bool>> holds, [CallerArgumentExpression(nameof(holds))] string what = "")
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, $"Waited {Patience.TotalSeconds} s in vain for {what}.");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for an answer that a peer owes.</summary>
    public static async Task<T> ForAsync<T>(Func<CancellationToken, ValueTask<T>> answer, [CallerMemberName] string what = "")
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await answer(patience.Token);
        }
        catch (OperationCanceledException cancelled) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {Patience.TotalSeconds} s in vain in {what}.", cancelled);
        }
    }
}
