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

    /// <summary>Writes what it holds into a click, and leaves the rest of that as it is.</summary>
    public void WriteTo(ref Click click)
    {
        click.Sequence = Sequence;
        click.Time = Time;
        click.User = User;
        click.Session = Session;
        click.Entity = Entity;
        click.UserAgent = UserAgent;
        click.Traits = (ClickTraits)Traits;
    }
}
