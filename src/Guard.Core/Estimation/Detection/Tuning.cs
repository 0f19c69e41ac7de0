namespace Guard.Core.Estimation.Detection;

/// <summary>The constants of the detector, one set for every stream. They are Guard's own; how they were chosen is told in the README.</summary>
internal static class Tuning
{
    // Tails
    public const int BlockRows = 20;
    public const int FadeBlocks = 20000;
    public const int MemoryBlocks = 400;
    public const double Negligible = 1.0 / 64;
    public const double Tolerance = 0.26;
    public const double Prior = 2;
    public const double BeyondRecord = 0.3;
    public const double EvidenceCap = 3;

    // Level, scale and prediction
    public const int ColdRows = 20;
    public const int WarmRows = 50;
    public const double LevelRows = 2000;
    public const double ErrorRows = 300;
    public const double ScaleRows = 1000;
    public const double Clip = 6;
    public const double LearningRate = 0.01;
    public const double FastRate = 0.2;
    public const double ScaleFloor = 0.01;
    public const double DayVisits = 60;
    public const double WeekVisits = 20;
    public const double RangeFade = 1e-4;
    public const double RangeMargin = 0.06;

    // Windows, in rows
    public const double ShortRows = 3;
    public const double MiddleRows = 24;
    public const double LongRows = 96;
    public const double RoughRows = 24;

    // Pattern features
    public const double PatternSeasonal = 1.5;
    public const double PatternStep = 0.2;
    public const double PatternShort = 0.7;
    public const double PatternMiddle = 1;
    public const double PatternRough = 0.3;

    // Precedent at the same hour
    public const double Precedent = 0.2;
    public const double PatternPrecedent = 0.3;
    public const int PrecedentRows = 500;

    // Weights of the evidence
    public const double WeightForecast = 0.5;
    public const double WeightSeasonal = 1;
    public const double WeightStep = 0.5;
    public const double WeightRange = 1;
    public const double WeightShort = 1;
    public const double WeightLong = 0.85;
    public const double WeightCalm = 0.7;
    public const double WeightRough = 1;
    public const double WeightPattern = 1.2;
    public const double WeightLevel = 0.85;

    // Episodes
    public const double HoldRows = 300;
    public const double HoldFactor = 1.2;
    public const double AlertEvidence = 3.9;
    public const double EvidencePerDecade = 2.4;

    // New normal
    public const int AcceptRows = 150;
    public const double ShiftScales = 5;
    public const int SuspectRows = 12;
}
