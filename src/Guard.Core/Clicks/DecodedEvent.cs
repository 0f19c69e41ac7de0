namespace Guard.Core.Clicks;

/// <summary>
/// A valid event between decoding and its batch. Its texts lie in the JSON that was decoded or in the decoder's buffer, so
/// it lives until the decoder's next event.
/// </summary>
public ref struct DecodedEvent
{
    /// <summary>Gets what the event is.</summary>
    public EventKind Kind { get; internal set; }

    /// <summary>Gets the keyed hash of <c>source</c> and <c>id</c>, by which duplicates are known.</summary>
    public ulong Key { get; internal set; }

    /// <summary>Gets the event time in Unix milliseconds.</summary>
    public long Time { get; internal set; }

    /// <summary>Gets what admission looks at.</summary>
    public readonly Arrival Arrival => new(Kind, Key, Time);

    internal ReadOnlySpan<byte> Id;

    internal ReadOnlySpan<byte> Source;

    internal ReadOnlySpan<byte> UserAgent;

    internal ReadOnlySpan<byte> Address;

    internal ReadOnlySpan<byte> Campaign;

    internal ReadOnlySpan<byte> Advertiser;

    internal Click Click;

    internal Purchase Purchase;

    internal TelemetryPoint? Telemetry;

    /// <summary>Appends the event to a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="sequence">The click's number in its partition; without meaning for other kinds.</param>
    /// <param name="lateness">Nothing, <see cref="ClickTraits.Late"/> or <see cref="ClickTraits.TooLate"/>; without meaning for other kinds.</param>
    public readonly void AppendTo(EventBatch batch, long sequence, ClickTraits lateness = ClickTraits.None)
    {
        ArgumentNullException.ThrowIfNull(batch);
        switch (Kind)
        {
            case EventKind.Click:
                var click = Click;
                click.Sequence = sequence;
                click.Traits |= lateness;
                click.IdText = batch.AddText(Id);
                click.SourceText = batch.AddText(Source);
                click.UserAgentText = batch.AddText(UserAgent);
                click.AddressText = batch.AddText(Address);
                click.CampaignText = batch.AddText(Campaign);
                click.AdvertiserText = batch.AddText(Advertiser);
                batch.Add(click);
                break;
            case EventKind.Purchase:
                batch.Add(Purchase);
                break;
            case EventKind.Telemetry when Telemetry is not null:
                batch.Add(Telemetry);
                break;
            default:
                throw new InvalidOperationException("Only an event that was decoded can be appended.");
        }
    }
}
