namespace Guard.Silo.Tests.Hosting;

public sealed class DashboardBrowserTests(DashboardWalk walk) : IClassFixture<DashboardWalk>
{
    [Fact]
    public void The_look_at_every_page_runs_to_its_end() => walk.Holds("runs to its end");

    [Fact]
    public void A_browser_is_asked_for_an_administrators_key() => walk.Holds("wants a key");

    [Fact]
    public void Every_type_of_grain_that_works_stands_there_with_its_activations_and_its_rate() => walk.Holds("shows who works, and how fast");

    [Fact]
    public void A_types_methods_and_silos_are_one_click_away() => walk.Holds("shows a grain's methods and where it lives");

    [Fact]
    public void All_silos_are_listed() => walk.Holds("shows the silos");

    [Fact]
    public void No_page_reports_an_error_fails_a_request_or_fetches_from_elsewhere() => walk.Holds("quiet");
}
