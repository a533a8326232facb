"""What the table's brain keeps, and what it asks for next."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dataflow_desktop.browse.page_cache import Page, PageCache, make_page
from dataflow_desktop.browse.row_window import PageRead, RowSpan, RowWindow, rows_in_page
from dataflow_desktop.domain.keyset import Anchor

PAGE = 16


def page(generation: int, first: int, rows: int = PAGE) -> Page:
    texts = [(str(number),) for number in range(first, first + rows)]
    return make_page(generation, first, texts, asked_rows=PAGE)


def started(rows: int | None = None) -> RowWindow:
    window = RowWindow()
    generation = window.restart(PAGE)
    assert window.next_read() == PageRead(RowSpan(0, PAGE), Anchor())
    assert window.accept_page(page(generation, 0))
    if rows is not None:
        assert window.accept_anchors(generation, [], rows)
    return window


def next_span(window: RowWindow) -> RowSpan | None:
    read = window.next_read()
    return read.span if read is not None else None


def test_the_newest_wish_comes_first_then_one_page_ahead_in_the_direction_of_travel() -> None:
    window = started(1_000)
    window.look_at(RowSpan(500, 10))
    assert next_span(window) == RowSpan(496, PAGE)
    window.look_at(RowSpan(900, 10))
    assert next_span(window) == RowSpan(896, PAGE)
    window.accept_page(page(window.generation, 896))
    assert next_span(window) == RowSpan(912, PAGE)
    window.accept_page(page(window.generation, 912))
    assert window.next_read() is None
    window.look_at(RowSpan(897, 10))
    assert next_span(window) == RowSpan(880, PAGE)


def test_a_page_that_is_under_way_is_not_asked_for_again() -> None:
    window = started(1_000)
    window.look_at(RowSpan(500, 10))
    assert window.next_read() is not None
    assert window.next_read() is None


def test_nothing_is_asked_for_beyond_the_end() -> None:
    window = started(PAGE)
    window.look_at(RowSpan(0, PAGE))
    assert window.next_read() is None


def test_rows_are_counted_as_they_are_read_until_the_count_is_known() -> None:
    window = started()
    assert window.row_count == PAGE
    assert not window.is_count_known
    window.accept_anchors(window.generation, [], 70)
    assert window.row_count == 70


def test_a_page_that_is_not_full_tells_the_end() -> None:
    window = started(100)
    window.accept_page(page(window.generation, 32, 3))
    assert window.row_count == 35


def test_answers_of_an_older_generation_are_dropped() -> None:
    window = started(100)
    old = window.generation
    window.restart(PAGE)
    assert not window.accept_page(page(old, 16))
    assert not window.accept_anchors(old, [], 3)


def test_old_rows_stay_until_the_first_new_page_arrives() -> None:
    window = started(100)
    generation = window.restart(PAGE)
    window.accept_anchors(generation, [], 5)
    assert window.row_count == 100
    assert window.row(3) == ("3",)
    window.accept_page(page(generation, 0, 5))
    assert window.row_count == 5
    assert window.row(7) is None


def test_a_restart_that_keeps_its_place_asks_for_the_rows_looked_at() -> None:
    window = started(1_000)
    window.look_at(RowSpan(500, 10))
    window.restart(PAGE, keeps_place=True)
    assert next_span(window) == RowSpan(496, PAGE)
    window.restart(PAGE)
    assert next_span(window) == RowSpan(0, PAGE)


def test_another_table_forgets_everything() -> None:
    window = started(1_000)
    window.restart(PAGE)
    window.forget()
    assert window.row_count == window.size_bytes == 0
    assert window.row(0) is None


def anchors(*rows: int) -> list[Anchor]:
    return [Anchor(row, (row - 1,)) for row in rows]


def test_a_row_is_read_from_the_nearest_anchor_before_it() -> None:
    window = started()
    window.accept_anchors(window.generation, anchors(100, 200, 300), None)
    window.look_at(RowSpan(260, 10))
    assert window.next_read() == PageRead(RowSpan(256, PAGE), Anchor(200, (199,)))
    assert (window.row_count, window.is_count_known) == (300, False)
    window.accept_anchors(window.generation, anchors(400), 450)
    assert (window.row_count, window.is_count_known) == (450, True)
    window.look_at(RowSpan(448, 2))
    assert window.next_read() == PageRead(RowSpan(448, PAGE), Anchor(400, (399,)))


def test_where_nothing_is_known_yet_rows_are_read_by_their_share_and_corrected_later() -> None:
    window = RowWindow()
    generation = window.restart(PAGE, estimated_rows=1_000_000)
    window.next_read()
    window.accept_page(page(generation, 0))
    assert (window.row_count, window.is_estimated) == (1_000_000, True)
    window.look_at(RowSpan(500_000, 10))
    read = window.next_read()
    assert read == PageRead(RowSpan(500_000, PAGE), None, 0.5, is_guess=True)
    window.accept_page(replace(page(generation, 500_000), is_guess=True))
    assert window.row(500_001) == ("500001",)
    window.look_at(RowSpan(500_000, 10))
    assert next_span(window) == RowSpan(500_016, PAGE)  # the page ahead, and not the guess again
    window.accept_anchors(generation, anchors(*range(8_000, 504_001, 8_000)), None)
    assert window.next_read() == PageRead(RowSpan(500_000, PAGE), Anchor(496_000, (495_999,)))
    assert window.row(500_001) == ("500001",)  # until better is known
    window.accept_page(page(generation, 500_000))
    assert next_span(window) != RowSpan(500_000, PAGE)


def test_what_the_index_has_not_reached_is_waited_for_where_no_share_is_known() -> None:
    window = started()
    window.accept_anchors(window.generation, anchors(8_000), None)
    window.look_at(RowSpan(200_000, 10))
    assert window.next_read() is None
    window.accept_anchors(window.generation, anchors(*range(16_000, 208_001, 8_000)), None)
    assert next_span(window) == RowSpan(200_000, PAGE)


def test_refreshed_far_down_the_old_anchors_serve_until_there_are_new_ones() -> None:
    window = started()
    window.accept_anchors(window.generation, anchors(*range(8_000, 504_001, 8_000)), 504_100)
    window.look_at(RowSpan(500_000, 10))
    generation = window.restart(PAGE, keeps_place=True)
    assert window.next_read() == PageRead(RowSpan(500_000, PAGE), Anchor(496_000, (495_999,)), is_guess=True)
    window.accept_page(replace(page(generation, 500_000), is_guess=True))
    assert window.row(500_000) is not None
    assert window.row_count == 504_100
    window.accept_anchors(generation, anchors(*range(8_000, 496_001, 8_000)), 500_050)
    assert window.row_count == 500_050


@given(st.lists(st.integers(0, 400), max_size=60), st.integers(1_000, 20_000))
def test_the_cache_keeps_its_limit_and_always_the_newest_page(numbers: list[int], limit: int) -> None:
    cache = PageCache(limit)
    for number in numbers:
        kept = page(1, number * PAGE)
        cache.put(number, kept)
        assert cache.get(number) is kept
        assert cache.size_bytes <= max(limit, kept.size_bytes)
    cache.clear()
    assert cache.size_bytes == 0


def test_the_page_unused_for_longest_goes_first() -> None:
    size = page(1, 0).size_bytes
    cache = PageCache(size * 2 + size // 2)
    cache.put(0, page(1, 0))
    cache.put(1, page(1, PAGE))
    cache.use(0)
    cache.put(2, page(1, 2 * PAGE))
    assert 0 in cache
    assert 1 not in cache


def test_wide_rows_come_in_smaller_pages() -> None:
    assert rows_in_page(7) == 256
    assert rows_in_page(50) == 40
    assert rows_in_page(2_000) == 16
