namespace Guard.Core.Hosting;

/// <summary>What a host knows of one user.</summary>
public interface IUsers
{
    /// <summary>Finds a user by the id that producers send, or <see langword="null"/> where the user has no counters.</summary>
    ValueTask<UserView?> FindAsync(string userId, CancellationToken cancellationToken = default);
}
