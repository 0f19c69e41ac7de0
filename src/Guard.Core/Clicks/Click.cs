namespace Guard.Core.Clicks;

/// <summary>
/// One ad click as the pipeline sees it: identities are keyed 64-bit hashes, times are Unix milliseconds, and the texts
/// that only the decision's own stage needs stay in the buffer of the <see cref="EventBatch"/> that holds the click.
/// </summary>
public record struct Click
{
    /// <summary>The click's number in its partition, from 1, without gaps.</summary>
    public long Sequence { get; set; }

    /// <summary>The event time, in milliseconds since 1970-01-01T00:00:00Z.</summary>
    public long Time { get; set; }

    /// <summary>The keyed hash of the click id, by which purchases join.</summary>
    public ulong Id { get; set; }

    /// <summary>The keyed hash of the user, or of what stands in for one (see <see cref="ClickTraits.Anonymous"/>).</summary>
    public ulong User { get; set; }

    /// <summary>The keyed hash of the session; 0 where the event has none.</summary>
    public ulong Session { get; set; }

    /// <summary>The keyed hash of the IPv4 address or of the IPv6 /64; 0 where the event has no address.</summary>
    public ulong Entity { get; set; }

    /// <summary>The keyed hash of the user agent; 0 where the event has none.</summary>
    public ulong UserAgent { get; set; }

    /// <summary>What the advertiser pays for the click, in millionths of the currency unit.</summary>
    public long CostMicros { get; set; }

    /// <summary>The marketplace.</summary>
    public Marketplace Marketplace { get; set; }

    /// <summary>The device.</summary>
    public DeviceType Device { get; set; }

    /// <summary>What intake found out.</summary>
    public ClickTraits Traits { get; set; }

    /// <summary>The CloudEvents <c>id</c>, which is the click id.</summary>
    public TextRange IdText { get; set; }

    /// <summary>The CloudEvents <c>source</c>.</summary>
    public TextRange SourceText { get; set; }

    /// <summary>The user agent.</summary>
    public TextRange UserAgentText { get; set; }

    /// <summary>The IP address as the event spells it. It leaves the batch in no log, state or decision.</summary>
    public TextRange AddressText { get; set; }

    /// <summary>The campaign.</summary>
    public TextRange CampaignText { get; set; }

    /// <summary>The advertiser.</summary>
    public TextRange AdvertiserText { get; set; }

    /// <summary>Gets whether the user was logged in.</summary>
    public readonly bool LoggedIn => (Traits & ClickTraits.LoggedIn) != ClickTraits.None;
}
