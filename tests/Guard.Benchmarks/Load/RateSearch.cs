namespace Guard.Benchmarks.Load;

/// <summary>Finds the highest rate that is held: upwards in steps from a part of what an unpaced load reached, then by halving.</summary>
internal static class RateSearch
{
    private const double First = .4;
    private const double Step = 1.25;
    private const int Halvings = 3;

    /// <summary>Searches, and writes a line for each rate tried.</summary>
    /// <param name="load">The load.</param>
    /// <param name="unpaced">What it reaches without a pace, in requests a second.</param>
    /// <param name="duration">How long each rate is tried.</param>
    /// <param name="each">How many clicks a request holds.</param>
    /// <returns>The highest rate held, in requests a second.</returns>
    /// <exception cref="LoadException">Not even the first, low rate was held.</exception>
    public static double Run(OpenLoad load, double unpaced, TimeSpan duration, int each)
    {
        var (held, failed) = (0.0, double.PositiveInfinity);
        for (var rate = First * unpaced; double.IsInfinity(failed); rate *= Step)
        {
            Try(rate);
        }

        for (var halving = 0; halving < Halvings && held > 0; halving++)
        {
            Try((held + failed) / 2);
        }

        return held > 0 ? held : throw new LoadException($"Not even {First * unpaced * each:N0} clicks a second were held: the machine does something else, or the server is too slow for this load.");

        void Try(double rate)
        {
            var result = load.Run(rate, duration);
            Console.WriteLine(result.Line(each));
            (held, failed) = result.Held ? (rate, failed) : (held, rate);
        }
    }
}
