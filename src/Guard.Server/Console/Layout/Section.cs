namespace Guard.Server.Console.Layout;

/// <summary>An entry of the navigation.</summary>
internal sealed record Section(string Name, string Address)
{
    public static IReadOnlyList<Section> All { get; } =
    [
        new("Overview", "/"),
        new("Slices", "/slices"),
        new("Decisions", "/decisions"),
        new("Users", "/users"),
        new("Streams", "/streams"),
        new("Alerts", "/alerts"),
        new("Quarantine", "/quarantine"),
        new("Versions", "/versions"),
    ];
}
