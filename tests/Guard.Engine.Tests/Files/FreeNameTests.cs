using Guard.Engine.Files;

namespace Guard.Engine.Tests.Files;

public sealed class FreeNameTests
{
    [Fact]
    public void Of_many_who_take_a_name_at_one_time_one_succeeds_and_its_file_stands_there()
    {
        const int Takers = 4;
        const int Names = 200;
        using var folder = new TemporaryFolder();
        using var start = new Barrier(Takers);
        var taken = new bool[Takers, Names];
        Thread[] threads = [.. Enumerable.Range(0, Takers).Select(taker => new Thread(() =>
        {
            for (var name = 0; name < Names; name++)
            {
                var draft = Path.Combine(folder.Path, $"{name}.{taker}.draft");
                File.WriteAllText(draft, $"{taker}");
                start.SignalAndWait();
                taken[taker, name] = FreeName.TryTake(draft, Path.Combine(folder.Path, $"{name}"));
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        for (var name = 0; name < Names; name++)
        {
            var winner = Assert.Single(Enumerable.Range(0, Takers), taker => taken[taker, name]);
            Assert.Equal($"{winner}", File.ReadAllText(Path.Combine(folder.Path, $"{name}")));
        }

        Assert.Equal(Names, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_and_the_draft_is_gone()
    {
        using var folder = new TemporaryFolder();
        var draft = Path.Combine(folder.Path, "draft");
        File.WriteAllText(draft, "");

        Assert.ThrowsAny<IOException>(() => FreeName.TryTake(draft, Path.Combine(folder.Path, "absent", "name")));

        Assert.False(File.Exists(draft));
    }
}
