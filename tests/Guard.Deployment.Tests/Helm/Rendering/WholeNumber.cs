namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>A number that went through <c>int</c> or an arithmetic function, and so prints as it is.</summary>
internal sealed record WholeNumber(long Value);
