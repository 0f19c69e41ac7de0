namespace Guard.Cli.Options;

/// <summary>Tells how far an input was read to whoever shows it, who comes after the input was opened.</summary>
internal sealed class ReadingProgress : IProgress<double>
{
    public IProgress<double>? Target { get; set; }

    public void Report(double value) => Target?.Report(value);
}
