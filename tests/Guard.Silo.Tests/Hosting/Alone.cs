namespace Guard.Silo.Tests.Hosting;

/// <summary>Tests that no other runs beside: Orleans counts activations by process, not by silo.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
