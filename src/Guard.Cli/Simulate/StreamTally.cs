using Guard.Cli.Api;

namespace Guard.Cli.Simulate;

/// <summary>How far a stream has come.</summary>
/// <param name="Events">The events of the stream that the Guard has answered for, those skipped included.</param>
/// <param name="Receipts">What it answered.</param>
/// <param name="Moment">The stream's own time, in Unix milliseconds.</param>
internal readonly record struct StreamTally(long Events, SendReceipt Receipts, long Moment);
