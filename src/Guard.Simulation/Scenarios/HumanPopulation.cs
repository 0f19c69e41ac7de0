namespace Guard.Simulation.Scenarios;

/// <summary>The people of a scenario.</summary>
/// <remarks>The default values are choices of this simulator, not published figures.</remarks>
/// <param name="Users">How many people, from 1 to 20,000,000.</param>
/// <param name="Devices">The share of each device among the people; the shares sum to 1.</param>
/// <param name="Marketplaces">The share of each marketplace among the people, by two capital letters; the shares sum to 1.</param>
/// <param name="LoggedIn">Per device, the share of the sessions that are logged in, from 0 to 1.</param>
/// <param name="PurchaseRate">
/// Per device, the mean share of a logged-out person's clicks that lead to a purchase, from 0 to 0.5.
/// </param>
/// <param name="LoggedInPurchaseFactor">By what a login multiplies the purchase rate, from 0 to 20.</param>
/// <param name="PurchaseDelayMinutes">The median of the log-normal delay from click to purchase, in minutes, from 1 to 10,000.</param>
/// <param name="ActivityShape">
/// The shape of the bounded Pareto distribution (1 to 100 times the least) of how much a person clicks, from 0.5 to 10:
/// the smaller, the more unequal.
/// </param>
/// <param name="HistoryDays">For how many days before the start purchases are known, from 0 to 1,000.</param>
/// <param name="HistoryOrders">The mean number of purchases of an account in these days, from 0 to 100.</param>
/// <param name="CarrierUsersPerAddress">How many phones share an address of their mobile carrier, from 1 to 100,000.</param>
/// <param name="Ipv6">The share of the homes with an IPv6 prefix of their own, from 0 to 1.</param>
public sealed record HumanPopulation(
    int Users,
    PerDevice Devices,
    IReadOnlyDictionary<string, double> Marketplaces,
    PerDevice LoggedIn,
    PerDevice PurchaseRate,
    double LoggedInPurchaseFactor = 2,
    double PurchaseDelayMinutes = 60,
    double ActivityShape = 1.3,
    int HistoryDays = 180,
    double HistoryOrders = 1.5,
    int CarrierUsersPerAddress = 300,
    double Ipv6 = 0.3);
