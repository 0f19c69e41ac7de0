namespace Guard.Deployment.Tests.Container;

public sealed class DockerfileTests
{
    private static readonly Dockerfile s_dockerfile = Dockerfile.Read();
    private static readonly string s_text = File.ReadAllText(Repository.Path("Dockerfile"));

    [Theory]
    [InlineData("silo")]
    [InlineData("service")]
    public void An_image_has_no_shell_and_runs_as_nobody_special(string stage)
    {
        var instructions = s_dockerfile.InstructionsOf(stage);

        Assert.Equal("${RUNTIME}", s_dockerfile.ImageOf(stage));
        Assert.Contains("ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled\n", s_text, StringComparison.Ordinal);
        Assert.Equal("USER $APP_UID", Assert.Single(instructions, line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.DoesNotContain(instructions, line => line.StartsWith("RUN ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("service")]
    public void An_image_says_what_it_is(string stage)
    {
        var labels = string.Join('\n', s_dockerfile.InstructionsOf(stage).Where(line => line.StartsWith("LABEL ", StringComparison.Ordinal)));

        foreach (var name in new[] { "title", "description", "version", "revision", "created", "licenses", "vendor", "base.name" })
        {
            Assert.Contains($"org.opencontainers.image.{name}=", labels, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("silo", "src/Guard.Silo")]
    [InlineData("service", "src/Guard.Cli")]
    public void What_an_image_holds_is_published_as_continuous_integration_publishes_it(string stage, string project)
    {
        var publish = Assert.Single(s_dockerfile.InstructionsOf($"{stage}-build"), line => line.Contains("dotnet publish", StringComparison.Ordinal));
        var script = File.ReadAllText(Repository.Path(".ci", "run"));

        Assert.Contains($"dotnet publish {project} -a $TARGETARCH -p:GuardImage=true ", publish, StringComparison.Ordinal);
        Assert.Contains(project, script, StringComparison.Ordinal);
        Assert.Contains("-p:GuardImage=true", script, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_copied_from_the_context_is_there_and_is_let_in()
    {
        var let = File.ReadAllLines(Repository.Path(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = s_dockerfile.InstructionsOf("sources").Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ToList();

        Assert.Equal(let.Order(StringComparer.Ordinal), copied.Select(name => name.TrimEnd('/')).Order(StringComparer.Ordinal));
        Assert.All(copied, name => Assert.True(Path.Exists(Repository.Path(name)), $"the Dockerfile copies {name}, which is not there"));
    }

    // A folder that a run from src/Guard.Silo or src/Guard.Cli leaves would else be copied and, being JSON, published.
    [Fact]
    public void What_Guard_writes_when_it_is_run_from_a_project_comes_into_no_image()
    {
        var written = File.ReadAllLines(Repository.Path(".gitignore")).Where(line => line.StartsWith("guard-", StringComparison.Ordinal) && line.EndsWith('/')).Select(line => $"**/{line.TrimEnd('/')}").Concat(["**/keys.json", "**/*.key"]).ToList();
        var ignored = File.ReadAllLines(Repository.Path(".dockerignore"));
        var properties = File.ReadAllText(Repository.Path("Directory.Build.props"));
        var published = properties[properties.IndexOf("<DefaultItemExcludes>", StringComparison.Ordinal)..properties.IndexOf("</DefaultItemExcludes>", StringComparison.Ordinal)].Split(';');

        Assert.Equal(5, written.Count);
        Assert.All(written, pattern => Assert.True(ignored.Contains(pattern), $"{pattern} is missing from .dockerignore"));
        Assert.All(written, pattern => Assert.True(published.Contains(pattern) || published.Contains($"{pattern}/**"), $"{pattern} is missing from DefaultItemExcludes in Directory.Build.props"));
    }

    [Fact]
    public void The_bake_file_gives_only_arguments_that_the_Dockerfile_takes()
    {
        var bake = File.ReadAllText(Repository.Path("helm/docker-bake.hcl"));

        Assert.All(["VERSION", "REVISION", "CREATED"], name =>
        {
            Assert.Contains($"    {name} ", bake, StringComparison.Ordinal);
            Assert.Contains($"ARG {name}=", s_text, StringComparison.Ordinal);
        });
        Assert.All(["silo", "service"], target => Assert.NotEmpty(s_dockerfile.InstructionsOf(target)));
    }

    [Fact]
    public void The_image_and_the_projects_have_one_version()
    {
        var properties = File.ReadAllText(Repository.Path("Directory.Build.props"));
        var version = properties[(properties.IndexOf("<Version>", StringComparison.Ordinal) + 9)..properties.IndexOf("</Version>", StringComparison.Ordinal)];

        Assert.Contains($"default = \"{version}\"", File.ReadAllText(Repository.Path("helm/docker-bake.hcl")), StringComparison.Ordinal);
    }
}
