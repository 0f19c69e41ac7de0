using FsCheck;
using FsCheck.Fluent;
using Guard.Core.Estimation;

namespace Guard.Core.Tests.Estimation;

public sealed class RollingQuantileTests
{
    [Fact]
    public void Quantiles_are_those_of_the_sorted_window() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int[]>(), values =>
        {
            var rolling = new RollingQuantile(7);
            for (var i = 0; i < values.Length; i++)
            {
                rolling.Add(values[i]);
                var window = values.Take(i + 1).TakeLast(7).Select(value => (double)(float)value).Order().ToArray();
                for (var rank = 1; rank <= window.Length; rank++)
                {
                    if (rolling.Quantile((rank - 0.5) / window.Length) != window[rank - 1])
                    {
                        return false;
                    }
                }
            }

            return rolling.Count == Math.Min(7, values.Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Bad_calls_are_refused()
    {
        var rolling = new RollingQuantile(3);
        Assert.Throws<InvalidOperationException>(() => rolling.Quantile(0.5));
        Assert.Throws<ArgumentException>(() => rolling.Add(double.NaN));
        rolling.Add(double.PositiveInfinity);
        Assert.Equal(float.MaxValue, rolling.Quantile(0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => rolling.Quantile(1.1));
    }
}
