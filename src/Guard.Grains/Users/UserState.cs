namespace Guard.Grains.Users;

/// <summary>What is kept of a user beside the counters.</summary>
[GenerateSerializer]
[Alias("guard.user-state")]
public sealed class UserState
{
    /// <summary>Gets or sets the override; <see langword="null"/> for none.</summary>
    [Id(0)]
    public UserOverride? Override { get; set; }

    /// <summary>Gets or sets the newest appeals, oldest first.</summary>
    [Id(1)]
    public List<UserAppeal> Appeals { get; set; } = [];
}
