namespace Guard.Core.Estimation.Detection;

/// <summary>The constants of the detector, one set for every stream. They are Guard's own; how they were chosen is told in the README.</summary>
internal static class Tuning
{
    // Tails
    public const int BlockRows = 20;
    public const int FadeBlocks = 400;
    public const int MemoryBlocks = 400;
    public const double Negligible = 1.0 / 64;
    public const double Tolerance = 0.07;
    public const double Prior = 2;
    public const double BeyondRecord = 0.3;
    public const double EvidenceCap = 2.5;

    // Level, scale and prediction
    public const int ColdRows = 20;
    public const int WarmRows = 50;
    public const double LevelRows = 500;
    public const double ErrorRows = 500;
    public const double ScaleRows = 1000;
    public const double Clip = 4;
    public const double LearningRate = 0.1;
    public const double FastRate = 0.1;
    public const double ScaleFloor = 0.04;
    public const double DayVisits = 120;
    public const double WeekVisits = 10;
    public const double RangeFade = 1e-4;
    public const double RangeMargin = 0.03;

    // Windows, in rows
    public const double ShortRows = 5;
    public const double MiddleRows = 24;
    public const double LongRows = 96;
    public const double RoughRows = 8;

    // Pattern features
    public const double PatternSeasonal = 1;
    public const double PatternStep = 0.5;
    public const double PatternShort = 1.5;
    public const double PatternMiddle = 1.5;
    public const double PatternRough = 0.3;

    // Precedent at the same hour
    public const double Precedent = 0.3;
    public const double PrecedentMean = 1;
    public const double PatternPrecedent = 0.3;
    public const int PrecedentRows = 500;

    // Weights of the evidence
    public const double WeightForecast = 0.5;
    public const double WeightSeasonal = 1;
    public const double WeightStep = 0.7;
    public const double WeightRange = 0.85;
    public const double WeightShort = 0.7;
    public const double WeightLong = 0.85;
    public const double WeightCalm = 0.7;
    public const double WeightRough = 1;
    public const double WeightPattern = 1.2;
    public const double WeightLevel = 0.85;

    // Episodes
    public const double HoldRows = 500;
    public const double HoldFactor = 1.2;
    public const double LoadRows = 1000;
    public const double LoadWeight = 0.2;
    public const double AlertEvidence = 6;
    public const double EvidencePerDecade = 2;

    // New normal
    public const int AcceptRows = 150;
    public const double ShiftScales = 5;
    public const int SuspectRows = 12;
}
