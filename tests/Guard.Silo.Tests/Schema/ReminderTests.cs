using Guard.Silo.Tests.Hosting;
using Guard.Silo.Tests.Postgres;
using Orleans.Runtime;

namespace Guard.Silo.Tests.Schema;

/// <summary>What Orleans asks of a table of reminders, asked of ours through Orleans' own provider.</summary>
public sealed class ReminderTests(PostgresFixture postgres) : IAsyncLifetime
{
    private static readonly DateTime s_start = new(2026, 3, 1, 3, 0, 0, DateTimeKind.Utc);
    private readonly TemporaryFolder _folder = new();
    private TestSilo? _silo;

    private IReminderTable Table => _silo!.Service<IReminderTable>();

    public async ValueTask InitializeAsync()
    {
        _silo = await TestSilo.BuildAsync(_folder.Path, await PostgresSilo.SettingsAsync(postgres, _folder));
        await Table.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _folder.Dispose();
    }

    [Fact]
    public async Task A_reminder_is_read_back_changed_and_removed_only_as_its_newest_version()
    {
        var reminder = Reminder(1);
        var first = await Table.UpsertRow(reminder);
        reminder.Period = TimeSpan.FromDays(20);
        var second = await Table.UpsertRow(reminder);

        var found = await Table.ReadRow(reminder.GrainId, reminder.ReminderName);
        Assert.Equal((s_start, TimeSpan.FromDays(20), second), (found!.StartAt, found.Period, found.ETag));
        Assert.False(await Table.RemoveRow(reminder.GrainId, reminder.ReminderName, first!));
        Assert.True(await Table.RemoveRow(reminder.GrainId, reminder.ReminderName, second!));
        Assert.Empty((await Table.ReadRows(reminder.GrainId)).Reminders);
    }

    [Fact]
    public async Task Each_range_of_the_ring_holds_the_reminders_whose_hashes_lie_in_it()
    {
        var reminders = Enumerable.Range(0, 40).Select(Reminder).ToArray();
        foreach (var reminder in reminders)
        {
            await Table.UpsertRow(reminder);
        }

        var random = new Random(5);
        for (var round = 0; round < 50; round++)
        {
            var (begin, end) = ((uint)random.NextInt64(1L << 32), (uint)random.NextInt64(1L << 32));
            var expected = reminders.Select(reminder => reminder.GrainId).Where(grain => Holds(begin, end, grain.GetUniformHashCode())).Order();
            Assert.Equal(expected, (await Table.ReadRows(begin, end)).Reminders.Select(reminder => reminder.GrainId).Order());
        }

        Assert.Equal(40, (await Table.ReadRows(0, 0)).Reminders.Count);

        static bool Holds(uint begin, uint end, uint hash) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }

    private static ReminderEntry Reminder(int grain) => new()
    {
        GrainId = GrainId.Create("guard.calibration", $"set-{grain}"),
        ReminderName = "calibrate",
        StartAt = s_start,
        Period = TimeSpan.FromDays(1),
    };
}
