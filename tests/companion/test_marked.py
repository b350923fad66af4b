"""Lines of our own texts: two kinds of emphasis, and nothing else becomes markup."""

import pytest

from afterglow.ui.templatetags.ui import marked


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Each time is called a *sitting* here.", "Each time is called a <em>sitting</em> here."),
        ("**Talking** with a friend.", "<strong>Talking</strong> with a friend."),
        ("Two * stars * apart stay.", "Two * stars * apart stay."),
        ("<b>*x*</b> & y", "&lt;b&gt;<em>x</em>&lt;/b&gt; &amp; y"),
    ],
)
def test_a_line_of_ours_may_carry_weight_and_nothing_else(line, shown):
    assert marked(line) == shown


def test_know_first_shows_no_stars(alice):
    page = alice.get("/know/").content.decode()
    assert "<em>sitting</em>" in page
    assert "*" not in page.partition("<main")[2].partition("</main>")[0]
