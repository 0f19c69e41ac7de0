using System.Text.RegularExpressions;

namespace Guard.Deployment.Tests.Container;

/// <summary>The instructions of the Dockerfile, stage by stage.</summary>
internal sealed partial class Dockerfile
{
    private readonly List<(string Name, string Base, List<string> Instructions)> _stages = [];

    public Dockerfile(string text)
    {
        foreach (var line in Continued().Replace(Comment().Replace(text, ""), " ").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var from = From().Match(line);
            if (from.Success)
            {
                _stages.Add((from.Groups["name"].Value, from.Groups["base"].Value, []));
            }
            else if (_stages.Count > 0)
            {
                _stages[^1].Instructions.Add(line);
            }
        }
    }

    public static Dockerfile Read() => new(File.ReadAllText(Repository.Path("Dockerfile")));

    /// <summary>Gets all instructions that make a stage's image, those of the stages it is based on first.</summary>
    public IReadOnlyList<string> InstructionsOf(string stage) =>
        _stages.Where(candidate => candidate.Name == stage).SelectMany(found => InstructionsOf(found.Base).Concat(found.Instructions)).ToList();

    /// <summary>Gets what a stage is based on in the end: an image.</summary>
    public string ImageOf(string stage) => _stages.Find(candidate => candidate.Name == stage) is { Base: { } from } ? ImageOf(from) : stage;

    [GeneratedRegex(@"^\s*#.*$", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\\\s*\n\s*", RegexOptions.None, 1000)]
    private static partial Regex Continued();

    [GeneratedRegex(@"^FROM (?:--platform=\S+ )?(?<base>\S+) AS (?<name>\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex From();
}
