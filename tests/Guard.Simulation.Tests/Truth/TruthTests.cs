using System.Text;
using System.Text.RegularExpressions;
using Guard.Simulation.Robots;
using Guard.Simulation.Truth;

namespace Guard.Simulation.Tests.Truth;

public sealed partial class TruthTests
{
    [Fact]
    public void Every_click_has_one_row_in_the_order_of_arrival()
    {
        var stream = SimulatedStream.Shipped("demo", 1);
        Assert.Equal(stream.Clicks.Select(click => click.Id), stream.Truth.Select(row => row.ClickId));
        Assert.Contains(stream.Truth, row => row.IsHuman && row.Robot.Length == 0);
        Assert.Contains(stream.Truth, row => row is { Kind: "mimic", Robot: "mimic", IsHuman: false });
    }

    [Fact]
    public void No_word_of_the_truth_stands_in_the_events()
    {
        var stream = SimulatedStream.Shipped("demo", 1);
        var text = Encoding.Latin1.GetString(stream.Bytes).ToLowerInvariant();
        foreach (var word in RobotSpec.Kinds.Concat(["human", "nat-", "gateway", "rotat", "steady", "robotic", "truth"]))
        {
            Assert.DoesNotContain($"\"{word}", text, StringComparison.Ordinal);
            Assert.DoesNotContain(word + "\"", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Ids_and_addresses_of_robots_are_spelt_as_those_of_humans()
    {
        var stream = SimulatedStream.Shipped("demo", 1);
        Assert.DoesNotContain(stream.Clicks, click => !Id().IsMatch(click.Id) || !Id().IsMatch(click.User) || !Id().IsMatch(click.Session));
        var firsts = stream.Humans.Select(click => click.Ip.Split('.', ':')[0]).ToHashSet(StringComparer.Ordinal);
        Assert.DoesNotContain(stream.Clicks, click => !click.Truth.IsHuman && !firsts.Contains(click.Ip.Split('.', ':')[0]));
        Assert.Empty(stream.Humans.Select(click => click.User).Intersect(stream.Clicks.Where(click => !click.Truth.IsHuman).Select(click => click.User), StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("", "truth.csv:1")]
    [InlineData("id,kind\n", "truth.csv:1")]
    [InlineData(TruthFile.Header + "\na,human,,\nb,human\n", "truth.csv:3")]
    [InlineData(TruthFile.Header + "\n,human,,\n", "truth.csv:2")]
    public void A_broken_truth_file_is_answered_with_its_line(string text, string place)
    {
        using var reader = new StringReader(text);
        var error = Assert.Throws<InvalidDataException>(() => TruthFile.Read(reader, "truth.csv").Count());
        Assert.StartsWith(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truth_file_is_read_from_its_path()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, TruthFile.Header + "\nab,burst,night,\ncd,human,,nat-2\n");
            Assert.Equal([new TruthRow("ab", "burst", "night", ""), new TruthRow("cd", "human", "", "nat-2")], TruthFile.Read(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [GeneratedRegex("^[0-9a-f]{16}$", RegexOptions.CultureInvariant)]
    private static partial Regex Id();
}
