namespace Guard.Simulation.Experiments.Fitness;

/// <summary>How the normal points of a synthetic set move.</summary>
public enum DriftKind
{
    /// <summary>Not at all.</summary>
    Stationary,

    /// <summary>Steadily, by 20 standard deviations in each coordinate over the set.</summary>
    Gradual,

    /// <summary>To a new place every 500 points.</summary>
    Switches,

    /// <summary>Each point belongs to one of three clusters, whose places change every 1,000 points.</summary>
    Clusters,

    /// <summary>Switches every 500 points; anomalies come in bursts of 20 at one place.</summary>
    Bursts,

    /// <summary>Switches every 500 points; one point in ten is an anomaly, at heavy-tailed distances.</summary>
    Contaminated,
}
