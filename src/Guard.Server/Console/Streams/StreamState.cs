using Guard.Core.Estimation.Detection;
using Guard.Core.Hosting;

namespace Guard.Server.Console.Streams;

/// <summary>How a stream does, in a word and its style.</summary>
internal sealed record StreamState(string Word, string Style)
{
    public static StreamState Of(StreamSummary summary) => summary switch
    {
        { Open: not null } => new("Alert", "bad"),
        { Newest: null } => new("No reading", "quiet"),
        { Newest.Reading.State: ReadingState.WarmingUp } => new("Warming up", "quiet"),
        { Newest.Reading.State: ReadingState.Missing } => new("No value", "quiet"),
        { Newest.Reading.State: ReadingState.Invalid or ReadingState.OutOfOrder } => new("Unreadable", "warn"),
        _ => new("As expected", "good"),
    };
}
