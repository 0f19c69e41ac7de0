namespace Guard.Grains.Users;

/// <summary>One user's face, called when a person asks and never on the way of a click. Its key is the user's keyed hash, as a signed number.</summary>
[Alias("guard.IUserGrain")]
public interface IUserGrain : IGrainWithIntegerKey
{
    /// <summary>Gets what is known of the user.</summary>
    [Alias("Get")]
    Task<UserFace> GetAsync();

    /// <summary>Sets the user's override, or takes it away with <see langword="null"/>. Silos take it up when they next look for a new policy.</summary>
    /// <exception cref="ArgumentException">Author or reason is missing or too long, or it has expired already.</exception>
    [Alias("Override")]
    Task OverrideAsync(UserOverride? decision);

    /// <summary>Keeps an appeal; of more than ten the oldest go.</summary>
    /// <exception cref="ArgumentException">Click id or text is missing or too long.</exception>
    [Alias("Appeal")]
    Task AppealAsync(string clickId, string text);
}
