using Guard.Core.Clicks;

namespace Guard.Core.Hosting;

/// <summary>The quarantine, without the events' content, which may be personal.</summary>
/// <param name="Counts">How many for each reason that occurred, since <see cref="TrafficNow"/> counts, the most frequent first.</param>
/// <param name="Newest">The newest rows, newest first.</param>
/// <param name="File">Where the rows stand with their content, for who may read it.</param>
public sealed record QuarantineView(IReadOnlyList<KeyValuePair<RejectReason, long>> Counts, IReadOnlyList<QuarantineRow> Newest, string File);
