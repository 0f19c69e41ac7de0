namespace Guard.Core.Clicks;

/// <summary>The kind of device that a click names in <c>deviceType</c>.</summary>
public enum DeviceType : byte
{
    /// <summary>The event names no device, or one that Guard does not know.</summary>
    Unknown = 0,

    /// <summary><c>desktop</c></summary>
    Desktop = 1,

    /// <summary><c>mobile</c></summary>
    Mobile = 2,

    /// <summary><c>tablet</c></summary>
    Tablet = 3,

    /// <summary><c>tv</c></summary>
    Tv = 4,
}
