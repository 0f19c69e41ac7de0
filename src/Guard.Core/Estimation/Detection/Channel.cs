using System.Runtime.InteropServices;

namespace Guard.Core.Estimation.Detection;

/// <summary>The detector's state for one dimension: level, scale, rhythm, forecast, short memory, and the tails of its evidence. Plain data.</summary>
/// <remarks>Inside, values are relative to the first one, so that single precision serves large counters too.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct Channel
{
    private double _origin;
    private double _level;
    private double _scale;
    private double _last;
    private double _fast;
    private double _high;
    private double _low;
    private double _error;
    private double _seasonalError;
    private double _stepError;
    private double _levelError;
    private double _dayError;
    private double _weekError;
    private long _rows;
    private Forecaster _forecaster;
    private SeasonalProfile _season;
    private Moments _moments;
    private EvidenceTails _tails;
    private IntervalWidth _width;
    private LevelShift _shift;
    private ValueSupport _support;

    /// <summary>Gets how many values were learned.</summary>
    public readonly long Rows => _rows;

    /// <summary>Gets the last value.</summary>
    public readonly double Last => _origin + _last;

    /// <summary>Starts afresh.</summary>
    public void Clear()
    {
        this = default;
        _season.Clear();
        _forecaster.Clear();
        _tails.Clear();
        _width.Clear();
    }

    /// <summary>Weighs a value against all before it, then learns it.</summary>
    /// <param name="time">Unix milliseconds.</param>
    /// <param name="value">A finite value of at most <see cref="StreamDetector.GreatestMagnitude"/>.</param>
    /// <param name="gap">How many usual intervals passed since the last value, at least 1.</param>
    /// <param name="options">The detector's settings.</param>
    public ChannelReading Update(long time, double value, double gap, StreamDetectorOptions options)
    {
        if (_rows++ == 0)
        {
            _origin = value;
        }

        var x = value - _origin;
        var magnitude = Math.Abs(_level + _origin);
        var tiny = (1e-9 * magnitude) + 1e-12;
        var scale = Math.Max(_scale, (1e-6 * magnitude) + 1e-12);
        var floor = (Tuning.ScaleFloor * scale) + tiny;
        var hour = SeasonalProfile.Hour(time);
        var cell = SeasonalProfile.WeekCell(time);
        var day = _season.Day(hour, _level);
        var week = _season.Week(cell, day);
        var seasonal = Blend(day, week);
        if (gap > 3)
        {
            // What was true a few rows ago says less after a gap; the rhythm says as much as before.
            _moments.Fade(Math.Min(gap, 1e6) - 1);
            _last = _fast = seasonal;
        }

        Span<double> features = stackalloc double[Forecaster.Features];
        Forecaster.Describe(features, (_last - _level) / scale, (_fast - _level) / scale, (day - _level) / scale, (week - _level) / scale);
        var prediction = _forecaster.Predict(features);
        var error = ((x - _level) / scale) - prediction;
        var usualError = Math.Max(_error, Tuning.ScaleFloor);

        // The first errors are measured by a scale that is not yet known: until they fade, a part of the range seen stands in for the usual error.
        var range = Math.Max(_high - _low, floor);
        var forecast = _width.Around(_origin + _level + (scale * prediction), Math.Min(scale * usualError, range / 6), _support);

        var residual = (x - seasonal) / Math.Max(_seasonalError, floor);
        var step = x - _last;
        _moments.Take(residual, _rows == 1 ? 0 : Math.Abs(step));
        var roughness = Math.Log2((_moments.Rough + floor) / (_stepError + floor));

        Span<double> statistics = stackalloc double[Evidence.Count];
        statistics.Clear();
        Split(statistics, Evidence.Forecast, error / usualError);
        Split(statistics, Evidence.Seasonal, residual);
        Split(statistics, Evidence.Step, step / Math.Max(_stepError, floor));
        Split(statistics, Evidence.Range, x > _high ? ((x - _high) / range) + Tuning.RangeMargin : x < _low ? ((x - _low) / range) - Tuning.RangeMargin : 0);
        Split(statistics, Evidence.Short, _moments.Short);
        Split(statistics, Evidence.Long, _moments.Long);
        if (_rows > Tuning.ColdRows)
        {
            Split(statistics, Evidence.Rough, roughness);
            statistics[Evidence.Pattern] = _moments.PatternNovelty(residual, step / Math.Max(_stepError, floor), roughness);
            statistics[Evidence.Level] = _moments.LevelNovelty((x - _level) / scale, (_fast - _level) / scale);
        }

        var precedent = _rows > Tuning.PrecedentRows && _season.HasPrecedent(hour, x);
        var evidence = _tails.Weigh(statistics, precedent);

        _width.Learn(value, forecast, options.IntervalMiss);
        _support.Learn(value);
        if (!_shift.IsSuspected)
        {
            _forecaster.Learn(features, Math.Clamp(error, -Tuning.Clip * usualError, Tuning.Clip * usualError));
        }

        Learn(x, hour, cell, scale, floor, day, week, seasonal, error);
        var change = _shift.Learn(time, x - seasonal, x - _level, Tuning.ShiftScales * Math.Max(scale, floor), options.AcceptAfter);
        if (change)
        {
            Adopt(_shift.Offset);
        }

        return new ChannelReading(_rows > Tuning.WarmRows ? evidence : 0, forecast, change ? _shift.Onset : null);
    }

    /// <summary>Splits a signed statistic into a rise and a fall.</summary>
    private static void Split(Span<double> statistics, int at, double value) => statistics[value > 0 ? at : at + 1] = Math.Abs(value);

    /// <summary>The level, the hour of the day and the hour of the week, weighed by the sixth power of how well each has done.</summary>
    private readonly double Blend(double day, double week)
    {
        var best = Math.Min(_levelError, Math.Min(_dayError, _weekError));
        var ofLevel = Merit(best, _levelError);
        var ofDay = Merit(best, _dayError);
        var ofWeek = Merit(best, _weekError);
        return ((ofLevel * _level) + (ofDay * day) + (ofWeek * week)) / (ofLevel + ofDay + ofWeek);

        static double Merit(double best, double error)
        {
            var ratio = (best + 1e-12) / (error + 1e-12);
            var cube = ratio * ratio * ratio;
            return cube * cube;
        }
    }

    private void Learn(double x, int hour, int cell, double scale, double floor, double day, double week, double seasonal, double error)
    {
        // While a run of far values may yet prove a new normal, it teaches neither level nor rhythm.
        var cold = _rows < Tuning.ColdRows;
        if (cold || !_shift.IsSuspected)
        {
            RobustMean.Learn(ref _error, Math.Abs(error), _rows, Tuning.ErrorRows, Tuning.ScaleFloor);
            RobustMean.Learn(ref _seasonalError, Math.Abs(x - seasonal), _rows, Tuning.ScaleRows, floor);
            RobustMean.Learn(ref _stepError, Math.Abs(x - _last), _rows, Tuning.ScaleRows, floor);
            RobustMean.Learn(ref _levelError, Math.Abs(x - _level), _rows, Tuning.ScaleRows, floor);
            RobustMean.Learn(ref _dayError, Math.Abs(x - day), _rows, Tuning.ScaleRows, floor);
            RobustMean.Learn(ref _weekError, Math.Abs(x - week), _rows, Tuning.ScaleRows, floor);
            var away = x - _level;
            RobustMean.Learn(ref _scale, Math.Abs(away), _rows, Tuning.LevelRows, scale);
            _level += (cold ? away : Math.Clamp(away, -Tuning.Clip * scale, Tuning.Clip * scale)) / Math.Min(_rows, Tuning.LevelRows);
            _season.Learn(hour, cell, x, cold ? double.MaxValue : 3 * Tuning.Clip * scale);
        }

        _fast += Tuning.FastRate * (x - _fast);
        var fade = Tuning.RangeFade * (_high - _low);
        _high = Math.Max(x, _high - fade);
        _low = Math.Min(x, _low + fade);
        _last = x;
    }

    /// <summary>Takes a level that has held for long as the new normal; the rhythm around it stays.</summary>
    private void Adopt(double by)
    {
        _level += by;
        _season.Shift(by);
        _moments.Fade(1e6);
    }
}
