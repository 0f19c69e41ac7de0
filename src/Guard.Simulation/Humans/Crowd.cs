using Guard.Core.Clicks;
using Guard.Simulation.Events;
using Guard.Simulation.Scenarios;

namespace Guard.Simulation.Humans;

/// <summary>All people of a scenario, each with a random stream of their own.</summary>
internal sealed class Crowd : IClickSource
{
    private const double PauseSeconds = 30;
    private const double OrderSigma = 0.6;
    private const double DelaySigma = 1.8;
    private const double LongestDelayDays = 14;
    private readonly Scenario _scenario;
    private readonly AdCatalogue _ads;
    private readonly Rhythms _rhythms;
    private readonly Carriers _carriers;
    private readonly Person[] _people;
    private readonly TimeHeap _calendar;
    private readonly long _start;

    public Crowd(Scenario scenario, AdCatalogue ads, Rhythms rhythms)
    {
        _scenario = scenario;
        _ads = ads;
        _rhythms = rhythms;
        _carriers = new Carriers(scenario);
        _start = scenario.Start.ToUnixTimeMilliseconds();
        _people = Population.Of(scenario, rhythms);
        _calendar = new TimeHeap(_people.Length);
        for (var i = 0; i < _people.Length; i++)
        {
            ref var person = ref _people[i];
            person.Activity = person.Random.Exponential(1 / person.Rate);
            var time = rhythms[person.Marketplace].Time(person.Activity);
            if (time != long.MaxValue)
            {
                _calendar.Add(time, i);
            }
        }
    }

    public long NextTime => _calendar.NextTime;

    public ReadOnlySpan<Person> People => _people;

    public void Next(ref SimulatedClick click)
    {
        var time = _calendar.NextTime;
        ref var person = ref _people[_calendar.NextIndex];
        if (person.ClicksLeft == 0)
        {
            BeginSession(ref person, time);
        }

        click.Time = time;
        click.Id = person.Random.Next();
        click.User = person.User;
        click.Session = person.Session;
        click.Address = person.Address;
        click.UserAgent = person.UserAgent;
        click.Robot = -1;
        click.Gateway = person.Gateway >= 0 && person.Address == person.Home ? person.Gateway : (short)-1;
        click.Marketplace = person.Marketplace;
        click.Device = person.Device;
        click.LoggedIn = person.LoggedIn;
        _ads.Place(ref click, _ads.DrawCampaign(ref person.Random), ref person.Random);
        Buy(ref click, ref person);
        person.ClicksLeft--;
        _calendar.Reschedule(After(ref person, time));
    }

    private void BeginSession(ref Person person, long time)
    {
        ref var random = ref person.Random;
        var shift = Behaviour.Shift(_scenario, person.Device, time);
        person.ClicksLeft = random.HeavyTail(Behaviour.ClickShape(shift), Behaviour.MostClicks);
        person.GapSeconds = (float)Behaviour.GapSeconds(shift);
        person.Session = random.Next();
        person.LoggedIn = random.Chance(person.Login);
        person.Address = person.Device == DeviceType.Mobile && random.Chance(Behaviour.CarrierShare(shift))
            ? _carriers.Draw(person.Marketplace, ref random)
            : person.Home.Again(ref random);
        var rate = _scenario.Humans.PurchaseRate[person.Device] * person.Propensity * Behaviour.PurchaseFactor(shift);
        person.Purchase = (float)(person.LoggedIn ? rate * _scenario.Humans.LoggedInPurchaseFactor : rate);
        if (Rhythm.OnHoliday(_scenario, (int)((time - _start) / 86_400_000)))
        {
            person.Purchase *= (float)_scenario.Holiday!.PurchaseFactor;
        }
    }

    private void Buy(ref SimulatedClick click, ref Person person)
    {
        if (!person.Random.Chance(Math.Min(0.8, person.Purchase)))
        {
            click.PurchaseTime = 0;
            return;
        }

        var minutes = Math.Clamp(person.Random.LogNormal(_scenario.Humans.PurchaseDelayMinutes, DelaySigma), 1, LongestDelayDays * 1440);
        click.PurchaseTime = click.Time + (long)(minutes * 60_000);
        click.ValueMicros = (long)person.Random.LogNormal(person.OrderMicros, OrderSigma);
    }

    private long After(ref Person person, long time)
    {
        if (person.ClicksLeft > 0)
        {
            return time + (long)(1000 * Behaviour.Gap(ref person.Random, person.GapSeconds));
        }

        person.Activity += person.Random.Exponential(1 / person.Rate);
        var next = _rhythms[person.Marketplace].Time(person.Activity);
        return next == long.MaxValue ? next : Math.Max(next, time + (long)(1000 * PauseSeconds));
    }
}
