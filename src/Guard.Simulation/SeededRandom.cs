namespace Guard.Simulation;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014): eight bytes of
/// state, so that every person and every agent of a robot owns a stream, and a change of one reshuffles no other.
/// </summary>
internal struct SeededRandom(ulong seed)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = seed;

    /// <summary>The stream of a name, and of a member of what has that name.</summary>
    public static SeededRandom Of(ulong seed, ReadOnlySpan<char> name, int index = 0)
    {
        // FNV-1a over the characters.
        var hash = 0xCBF29CE484222325;
        foreach (var character in name)
        {
            hash = (hash ^ character) * 0x100000001B3;
        }

        return new SeededRandom(Mix(Mix(seed + Golden) ^ hash) + Mix((ulong)index * Golden));
    }

    /// <summary>SplitMix64's finaliser: a bijection of the 64-bit numbers whose outputs look independent.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    public ulong Next() => Mix(_state += Golden);

    /// <summary>Uniform in [0, 1).</summary>
    public double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in (0, 1], safe for a logarithm.</summary>
    public double UniformAboveZero() => ((Next() >> 11) + 1) * (1.0 / (1UL << 53));

    public double Uniform(double low, double high) => low + (high - low) * Uniform();

    /// <summary>Uniform over 0 … <paramref name="count"/> − 1.</summary>
    public int Index(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    public bool Chance(double probability) => Uniform() < probability;

    public double Exponential(double mean) => -mean * Math.Log(UniformAboveZero());

    public double Normal() => Math.Sqrt(-2 * Math.Log(UniformAboveZero())) * Math.Cos(2 * Math.PI * Uniform());

    /// <summary>Log-normal with the given median and standard deviation of the logarithm.</summary>
    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    /// <summary>Log-normal with mean 1.</summary>
    public double Propensity(double sigma) => Math.Exp(sigma * Normal() - sigma * sigma / 2);

    /// <summary>Whole number N in 1 … <paramref name="most"/> with P(N ≥ n) = n^−<paramref name="shape"/>.</summary>
    public int HeavyTail(double shape, int most) => (int)Math.Min(most, Math.Pow(UniformAboveZero(), -1 / shape));

    /// <summary>Poisson, by Knuth's product up to a mean of 30 and by its normal limit above.</summary>
    public int Poisson(double mean)
    {
        if (mean > 30)
        {
            return (int)Math.Max(0, Math.Round(mean + Math.Sqrt(mean) * Normal()));
        }

        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = UniformAboveZero(); product > limit; product *= UniformAboveZero())
        {
            count++;
        }

        return count;
    }
}
