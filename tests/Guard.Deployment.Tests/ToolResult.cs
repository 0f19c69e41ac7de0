namespace Guard.Deployment.Tests;

/// <summary>What a program said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}: {Output.Trim()} {Errors.Trim()}";
}
