namespace Guard.Grains.Counting;

/// <summary>
/// The clicks of a partition since its committed position: what it takes to bring a shard up to date whose silo was lost.
/// At 56 bytes a click, so 5.6 MB at 10,000 clicks a second and a commit every ten seconds. Kept in pieces that go as they
/// are committed; few are kept to be filled again, so that a flood leaves little memory behind.
/// </summary>
internal sealed class RetainedClicks
{
    private const int PieceLength = 1024;
    private const int MostSpare = 64;
    private readonly Queue<CountedClick[]> _pieces = new();
    private readonly Stack<CountedClick[]> _spare = new();
    private CountedClick[] _newest = [];
    private int _length;
    private long _forgotten;

    public void Add(in CountedClick click)
    {
        if (_length == _newest.Length)
        {
            (_newest, _length) = (_spare.TryPop(out var spare) ? spare : new CountedClick[PieceLength], 0);
            _pieces.Enqueue(_newest);
        }

        _newest[_length++] = click;
    }

    /// <summary>Forgets the clicks up to a number, which every shard has saved.</summary>
    public void Forget(long through)
    {
        _forgotten = through;
        while (_pieces.TryPeek(out var piece) && piece[LengthOf(piece) - 1].Sequence <= through)
        {
            _pieces.Dequeue();
            if (piece == _newest)
            {
                (_newest, _length) = ([], 0);
            }

            if (_spare.Count < MostSpare)
            {
                _spare.Push(piece);
            }
        }
    }

    /// <summary>Picks the clicks in (<paramref name="after"/>, <paramref name="through"/>] that a shard holds, in order.</summary>
    public CountedClick[] Between(long after, long through, Func<CountedClick, bool> belongs) =>
    [
        .. _pieces.SelectMany(piece => piece.Take(LengthOf(piece)))
            .SkipWhile(click => click.Sequence <= Math.Max(after, _forgotten))
            .TakeWhile(click => click.Sequence <= through)
            .Where(belongs),
    ];

    private int LengthOf(CountedClick[] piece) => piece == _newest ? _length : piece.Length;
}
