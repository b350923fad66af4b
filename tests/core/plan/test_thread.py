"""Walking a thread over its links."""

from hypothesis import given
from hypothesis import strategies as st

from afterglow.core.plan.thread import chain

LINKS = [("image", "insight"), ("insight", "goal"), ("insight", "purpose"), ("other", "purpose")]


def test_a_chain_holds_what_came_before_and_what_grew():
    assert chain("insight", LINKS) == {"image", "insight", "goal", "purpose"}


def test_a_neighbour_by_another_way_is_not_in_the_chain():
    assert chain("goal", LINKS) == {"image", "insight", "goal"}


def test_a_thing_without_links_is_a_chain_by_itself():
    assert chain("alone", LINKS) == {"alone"}


numbers = st.integers(0, 8)


@given(st.lists(st.tuples(numbers, numbers), max_size=20), numbers)
def test_every_thread_can_be_walked_both_ways(links, start):
    for reached in chain(start, links):
        assert start in chain(reached, links)
