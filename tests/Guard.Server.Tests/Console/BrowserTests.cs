namespace Guard.Server.Tests.Console;

public sealed class BrowserTests(BrowserWalk walk) : IClassFixture<BrowserWalk>
{
    [Fact]
    public void The_walk_through_every_page_runs_to_its_end() => walk.Holds("runs to its end");

    [Fact]
    public void Every_page_passes_axe_in_light_and_dark() => walk.Holds("accessible");

    [Fact]
    public void No_page_reports_an_error_fails_a_request_or_fetches_from_elsewhere() => walk.Holds("quiet");

    [Fact]
    public void No_page_is_wider_than_a_laptop() => walk.Holds("fits a laptop");

    [Fact]
    public void No_page_is_wider_than_a_phone() => walk.Holds("fits a phone");

    [Fact]
    public void Pages_are_read_filtered_and_searched_without_script() => walk.Holds("readable without script");

    [Fact]
    public void A_new_click_appears_without_reloading() => walk.Holds("refreshes itself");

    [Fact]
    public void A_click_on_a_decision_explains_it() => walk.Holds("explains a click");

    [Fact]
    public void Ids_stand_in_no_address() => walk.Holds("keeps ids out of addresses");

    [Fact]
    public void The_keyboard_skips_the_navigation_and_shows_where_it_is() => walk.Holds("works by keyboard");
}
