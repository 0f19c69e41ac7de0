namespace Guard.Simulation.Experiments.Fitness;

/// <summary>Synthetic points that drift: unit normal around moving centres, with anomalies 5 standard deviations away in a random direction.</summary>
public static class DriftingPoints
{
    /// <summary>Points of a set.</summary>
    public const int Count = 4_000;

    private const int Dimension = 4;
    private const int Offline = 400;
    private const double Distance = 5;
    private const double Spread = 8;

    /// <summary>Makes a set; one anomaly in fifty unless the kind says otherwise.</summary>
    public static LabelledPoints Make(DriftKind kind, SeededNoise noise)
    {
        var values = new double[Count * Dimension];
        var anomalous = new bool[Count];
        var centres = new double[3][];
        var burst = new double[Dimension];
        var burstEnd = 0;
        for (var t = 0; t < Count; t++)
        {
            if (t == 0 || (kind is DriftKind.Switches or DriftKind.Bursts or DriftKind.Contaminated && t % 500 == 0) || (kind == DriftKind.Clusters && t % 1000 == 0))
            {
                for (var c = 0; c < centres.Length; c++)
                {
                    centres[c] = [.. Enumerable.Range(0, Dimension).Select(_ => Spread * noise.Gaussian())];
                }
            }

            var centre = centres[kind == DriftKind.Clusters ? noise.Below(3) : 0];
            var point = values.AsSpan(t * Dimension, Dimension);
            for (var i = 0; i < Dimension; i++)
            {
                point[i] = centre[i] + (kind == DriftKind.Gradual ? 20.0 * t / Count : 0) + noise.Gaussian();
            }

            if (kind == DriftKind.Bursts)
            {
                if (t >= burstEnd && noise.Uniform() < 0.001)
                {
                    Towards(noise, burst, Distance);
                    burstEnd = t + 20;
                }

                anomalous[t] = t < burstEnd;
            }
            else
            {
                anomalous[t] = noise.Uniform() < (kind == DriftKind.Contaminated ? 0.1 : 0.02);
                Towards(noise, burst, kind == DriftKind.Contaminated ? Distance * noise.Pareto(2) : Distance);
            }

            for (var i = 0; i < Dimension && anomalous[t]; i++)
            {
                point[i] += burst[i];
            }
        }

        return new LabelledPoints(kind.ToString(), Dimension, values, anomalous, Offline);
    }

    private static void Towards(SeededNoise noise, double[] direction, double length)
    {
        noise.Direction(direction);
        for (var i = 0; i < direction.Length; i++)
        {
            direction[i] *= length;
        }
    }
}
