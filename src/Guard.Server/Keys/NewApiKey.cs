namespace Guard.Server.Keys;

/// <summary>A key just made.</summary>
/// <param name="Secret">The whole key, to be shown once and kept by its holder.</param>
/// <param name="Key">What the server keeps.</param>
public sealed record NewApiKey(string Secret, ApiKey Key);
