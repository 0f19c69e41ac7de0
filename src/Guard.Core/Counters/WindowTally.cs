namespace Guard.Core.Counters;

/// <summary>What the estimator needs of one window's registers, kept while the window stands and only values come in.</summary>
internal struct WindowTally
{
    private int _sum;
    private int _full;
    private float _estimate;
    private bool _estimated;

    /// <summary>The first stamp of the window; 0 while nothing was counted.</summary>
    public ushort Least { get; init; }

    public int Empty { get; set; }

    public void Fill(int registers, int rank)
    {
        Empty -= registers;
        Change(registers, rank);
    }

    public void Move(int from, int to)
    {
        Empty -= from == 0 ? 1 : 0;
        Change(-1, from);
        Change(1, to);
        _estimated = false;
    }

    public float Estimate()
    {
        if (!_estimated)
        {
            (_estimate, _estimated) = (HyperLogLog.Estimate(_sum, Empty, _full), true);
        }

        return _estimate;
    }

    private void Change(int registers, int rank)
    {
        if (rank == HyperLogLog.Ranks)
        {
            _full += registers;
        }
        else if (rank > 0)
        {
            _sum += registers << (HyperLogLog.Ranks - 1 - rank);
        }
    }
}
