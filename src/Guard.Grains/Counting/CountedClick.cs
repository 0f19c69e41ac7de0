using Guard.Core.Clicks;

namespace Guard.Grains.Counting;

/// <summary>What shards need of a click: numbers and hashes, no text.</summary>
internal readonly record struct CountedClick
{
    public CountedClick(in Click click)
    {
        Sequence = click.Sequence;
        Time = click.Time;
        User = click.User;
        Session = click.Session;
        Entity = click.Entity;
        UserAgent = click.UserAgent;
        Traits = (long)click.Traits;
    }

    public long Sequence { get; }

    public long Time { get; }

    public ulong User { get; }

    public ulong Session { get; }

    public ulong Entity { get; }

    public ulong UserAgent { get; }

    public long Traits { get; }

    public Click ToClick() => new()
    {
        Sequence = Sequence,
        Time = Time,
        User = User,
        Session = Session,
        Entity = Entity,
        UserAgent = UserAgent,
        Traits = (ClickTraits)Traits,
    };
}
