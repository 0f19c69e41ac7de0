using Guard.Core.Clicks;

namespace Guard.Simulation.Scenarios;

/// <summary>A number per device.</summary>
/// <param name="Desktop">For desktops.</param>
/// <param name="Mobile">For phones.</param>
/// <param name="Tablet">For tablets.</param>
/// <param name="Tv">For television sets.</param>
public sealed record PerDevice(double Desktop, double Mobile, double Tablet, double Tv)
{
    /// <summary>Gets the number of a device.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The device is unknown.</exception>
    public double this[DeviceType device] => device switch
    {
        DeviceType.Desktop => Desktop,
        DeviceType.Mobile => Mobile,
        DeviceType.Tablet => Tablet,
        DeviceType.Tv => Tv,
        _ => throw new ArgumentOutOfRangeException(nameof(device), device, "No number is given for this device."),
    };

    /// <summary>Gets the sum over the devices.</summary>
    internal double Sum => Desktop + Mobile + Tablet + Tv;

    /// <summary>Draws a device, reading the numbers as shares.</summary>
    internal DeviceType Draw(ref SeededRandom random)
    {
        var point = random.Uniform() * Sum;
        return point < Desktop ? DeviceType.Desktop
            : point < Desktop + Mobile ? DeviceType.Mobile
            : point < Desktop + Mobile + Tablet ? DeviceType.Tablet
            : DeviceType.Tv;
    }
}
