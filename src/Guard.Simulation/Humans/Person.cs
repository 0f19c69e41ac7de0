using Guard.Core.Clicks;
using Guard.Simulation.Events;

namespace Guard.Simulation.Humans;

/// <summary>A person: who they are, and the session that they are in.</summary>
internal struct Person
{
    public SeededRandom Random;
    public ulong User;
    public Address Home;

    /// <summary>Sessions per unit of the clock of activity.</summary>
    public double Rate;

    /// <summary>The next session on the clock of activity.</summary>
    public double Activity;

    /// <summary>By what this person's inclination to buy differs from the mean.</summary>
    public float Propensity;

    /// <summary>The median value of this person's orders, in micros.</summary>
    public float OrderMicros;

    /// <summary>The share of this person's sessions that are logged in; 0 without an account.</summary>
    public float Login;
    public ushort UserAgent;
    public short Gateway;
    public byte Marketplace;
    public DeviceType Device;

    public ulong Session;
    public Address Address;
    public int ClicksLeft;
    public float GapSeconds;
    public float Purchase;
    public bool LoggedIn;
}
