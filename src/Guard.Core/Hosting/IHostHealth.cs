namespace Guard.Core.Hosting;

/// <summary>Whether a host is fit.</summary>
public interface IHostHealth
{
    /// <summary>Gets why no work should be sent here, in one line; <see langword="null"/> where it is ready.</summary>
    string? NotReady { get; }

    /// <summary>Gets why the process should be restarted, in one line; <see langword="null"/> where it lives.</summary>
    string? NotLive { get; }
}
