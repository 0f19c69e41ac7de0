using Guard.Core.Clicks;

namespace Guard.Simulation.Events;

/// <summary>A click on its way to the stream, with what only the truth may know.</summary>
internal struct SimulatedClick
{
    public long Time;
    public ulong Id;
    public ulong User;
    public ulong Session;
    public Address Address;
    public long CostMicros;

    /// <summary>When the click's purchase happens; 0 for none.</summary>
    public long PurchaseTime;
    public long ValueMicros;
    public ushort UserAgent;

    /// <summary>The index of the robot in the scenario; −1 for a human.</summary>
    public short Robot;

    /// <summary>The index of the NAT gateway in the scenario; −1 for none.</summary>
    public short Gateway;
    public byte Marketplace;
    public byte Placement;
    public byte Campaign;
    public byte Ad;
    public DeviceType Device;
    public bool LoggedIn;
}
