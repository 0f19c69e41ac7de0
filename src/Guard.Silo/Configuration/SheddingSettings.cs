namespace Guard.Silo.Configuration;

/// <summary>When a silo under pressure refuses work and lets idle grains go. Section <c>Guard:Shedding</c>.</summary>
public sealed record SheddingSettings
{
    /// <summary>Gets the share of CPU in per cent from which streams and clients wait, in [50, 100]. Default: 95, as Orleans has it.</summary>
    public int CpuPercent { get; init; } = 95;

    /// <summary>Gets the share of memory in per cent from which streams and clients wait, in [50, 100]. Default: 90, as Orleans has it.</summary>
    public int MemoryPercent { get; init; } = 90;

    /// <summary>Gets the share of memory in per cent from which grains are let go that were not called for longest, in [50, 100]. Default: 80, as Orleans has it.</summary>
    public int ActivationPercent { get; init; } = 80;

    internal void Validate()
    {
        const string Section = "Shedding";
        Setting.Require(CpuPercent is >= 50 and <= 100, Section, nameof(CpuPercent), "give 50 to 100");
        Setting.Require(MemoryPercent is >= 50 and <= 100, Section, nameof(MemoryPercent), "give 50 to 100");
        Setting.Require(ActivationPercent is >= 50 and <= 100, Section, nameof(ActivationPercent), "give 50 to 100");
    }
}
