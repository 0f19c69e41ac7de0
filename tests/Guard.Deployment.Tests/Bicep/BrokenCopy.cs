namespace Guard.Deployment.Tests.Bicep;

/// <summary>A copy of the templates with one place changed.</summary>
internal sealed class BrokenCopy : IDisposable
{
    public BrokenCopy(string source, string file, string intact, string broken)
    {
        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Folder, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        var changed = Path.Combine(Folder, file);
        var text = File.ReadAllText(changed);
        Assert.Contains(intact, text, StringComparison.Ordinal);
        File.WriteAllText(changed, text.Replace(intact, broken, StringComparison.Ordinal));
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("guard-test-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
