namespace Guard.Cli.Torture;

/// <summary>One kind of fault, and the check that the server survives it.</summary>
/// <param name="name">The trial's name.</param>
internal abstract class Trial(string name)
{
    public string Name { get; } = name;

    /// <summary>Runs the trial.</summary>
    /// <param name="ground">Where.</param>
    /// <param name="findings">Takes what is wrong.</param>
    /// <param name="progress">Is told the share done and what is under way.</param>
    /// <param name="cancellation">Stops the trial.</param>
    /// <returns>What was tried, in a sentence with figures.</returns>
    /// <exception cref="TrialSkippedException">The trial cannot run on this machine.</exception>
    public abstract Task<string> RunAsync(TortureGround ground, Findings findings, IProgress<(double Share, string Text)> progress, CancellationToken cancellation);
}
