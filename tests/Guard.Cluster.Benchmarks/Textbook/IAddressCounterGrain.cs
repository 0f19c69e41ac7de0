namespace Guard.Cluster.Benchmarks.Textbook;

/// <summary>One address's counters: a grain for each address, a call for each click.</summary>
[Alias("benchmark.IAddressCounterGrain")]
public interface IAddressCounterGrain : IGrainWithIntegerKey
{
    /// <summary>Counts a click and reads the counters.</summary>
    [Alias("Count")]
    ValueTask<AddressReading> CountAsync(ClickEvent click);
}
