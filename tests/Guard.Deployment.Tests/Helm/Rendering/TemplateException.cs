namespace Guard.Deployment.Tests.Helm.Rendering;

/// <summary>A template cannot be parsed or rendered, or refuses its values by <c>fail</c>.</summary>
internal sealed class TemplateException(string message) : Exception(message);
