using Guard.Simulation.Events;

namespace Guard.Simulation;

/// <summary>Who clicks: the people, or the agents of one robot. Clicks come in the order of their times.</summary>
internal interface IClickSource
{
    /// <summary>The time of the next click in Unix milliseconds; <see cref="long.MaxValue"/> after the last.</summary>
    long NextTime { get; }

    /// <summary>Makes the next click.</summary>
    void Next(ref SimulatedClick click);
}
