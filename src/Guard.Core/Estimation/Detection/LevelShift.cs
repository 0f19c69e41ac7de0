namespace Guard.Core.Estimation.Detection;

/// <summary>Notices that values have stayed on one side, far from the level, for so long that they are the new normal.</summary>
/// <remarks>
/// A run test of Guard's own: a row far from both the level and the rhythm, on the side of the run, lengthens the run; any other row shortens it by
/// <see cref="Setback"/>. It is constant in memory; the change-point detectors of Guard.Core.Estimation locate smaller changes at greater cost.
/// </remarks>
internal struct LevelShift
{
    private const int Setback = 4;

    private double _offset;
    private long _onset;
    private int _run;
    private sbyte _side;

    /// <summary>Gets whether values have stayed far on one side for some rows.</summary>
    public readonly bool IsSuspected => _run >= Tuning.SuspectRows;

    /// <summary>Gets how far the values have lain from the level during the run: a clipped mean.</summary>
    public readonly double Offset => _offset;

    /// <summary>Gets when the run began, in Unix milliseconds.</summary>
    public readonly long Onset => _onset;

    /// <summary>Learns a row; returns whether the shift is now accepted.</summary>
    /// <param name="time">Unix milliseconds.</param>
    /// <param name="residual">The value less what the rhythm expects.</param>
    /// <param name="away">The value less the level.</param>
    /// <param name="far">From which distance a value counts as far.</param>
    /// <param name="acceptAfter">How many rows make a new normal.</param>
    public bool Learn(long time, double residual, double away, double far, int acceptAfter)
    {
        var side = residual > far && away > far ? (sbyte)1 : residual < -far && away < -far ? (sbyte)-1 : (sbyte)0;
        if (_run == 0 || (side != 0 && side != _side && _run <= Setback))
        {
            (_run, _side, _onset, _offset) = side == 0 ? (0, (sbyte)0, 0L, 0.0) : (1, side, time, residual);
            return false;
        }

        if (side != _side)
        {
            _run = Math.Max(0, _run - Setback);
            return false;
        }

        _run++;
        _offset += Math.Clamp(residual - _offset, -far, far) / Math.Min(_run, 50);
        if (_run < acceptAfter)
        {
            return false;
        }

        _run = 0;
        return true;
    }
}
