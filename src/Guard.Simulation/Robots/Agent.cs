using Guard.Core.Clicks;
using Guard.Simulation.Events;

namespace Guard.Simulation.Robots;

/// <summary>One agent of a robot, and the visit that it is on.</summary>
internal struct Agent
{
    public SeededRandom Random;
    public ulong User;
    public ulong Session;
    public Address Address;

    /// <summary>The next visit on the clock of human activity, for those that follow it.</summary>
    public double Activity;

    /// <summary>Clicks left in this visit.</summary>
    public int Left;

    /// <summary>Clicks left in this session, where a visit has several.</summary>
    public int LeftInSession;
    public ushort UserAgent;
    public byte Marketplace;
    public DeviceType Device;
    public bool LoggedIn;
    public bool Crawler;
}
