using Guard.Core.Counters;

namespace Guard.Grains.Users;

/// <summary>One user as a person asks for it. It holds no identity.</summary>
/// <param name="Counters">The counters as of the user's newest click; <see langword="null"/> where there are none.</param>
/// <param name="Override">The override that holds; <see langword="null"/> for none.</param>
/// <param name="Appeals">The newest appeals, oldest first.</param>
[GenerateSerializer]
[Immutable]
[Alias("guard.user-face")]
public sealed record UserFace(UserCounters? Counters, UserOverride? Override, IReadOnlyList<UserAppeal> Appeals);
