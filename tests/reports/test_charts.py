"""Coordinates of charts from plain numbers, and the drawings on the page."""

import itertools
import re
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from reports.charts import DrawnPoint, DrawnTarget, curve_figure, result_bar, share_at, step_tone

POINTS = [
    DrawnPoint(day=30, share=0.2, low=0.12, high=0.3),
    DrawnPoint(day=91, share=0.5, low=0.4, high=0.6),
    DrawnPoint(day=400, share=0.9, low=0.8, high=0.95),
]


def corners(path: str) -> list[tuple[float, float]]:
    """The points of a drawn line."""
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", path)]


def test_a_result_bar_places_share_interval_and_target_on_one_scale() -> None:
    bar = result_bar(step=1, name="Steg 1", share=0.606, low=0.522, high=0.684, target=0.75, width=1000)
    assert (bar.bar, bar.low, bar.high, bar.target) == (606, 522, 684, 750)
    assert bar.description == ("Steg 1: 60,6\xa0%, 95 % konfidensintervall 52\xa0% till 68\xa0%. Målet är 75\xa0%.")


def test_a_result_bar_without_anyone_due_is_empty_but_shows_its_target() -> None:
    bar = result_bar(step=4, name="Steg 4", share=None, low=None, high=None, target=0.1, width=1000)
    assert (bar.bar, bar.low, bar.high, bar.target) == (None, None, None, 100)
    assert "för tidigt att säga" in bar.description


def test_a_result_bar_is_hatched_from_its_share_to_the_most_it_could_be() -> None:
    bar = result_bar(step=1, name="Steg 1", share=0.6, low=0.5, high=0.7, target=0.75, most=0.9, width=100)
    assert bar.most == 90
    places = corners(bar.hatch)
    assert {min(x for x, _ in places), max(x for x, _ in places)} == {60, 90}
    assert {min(y for _, y in places), max(y for _, y in places)} == {9, 26}


def test_a_result_bar_that_could_be_no_more_has_no_hatch() -> None:
    bar = result_bar(step=1, name="Steg 1", share=0.6, low=0.5, high=0.7, target=0.75)
    assert (bar.most, bar.hatch) == (None, "")


@pytest.mark.parametrize(("step", "css_class"), [(1, "tone-1"), (5, "tone-5"), (7, "tone-5")])
def test_steps_take_their_tone_from_the_ramp(step: int, css_class: str) -> None:
    assert step_tone(step).css_class == css_class


@pytest.mark.parametrize(("day", "share"), [(0, 0.0), (29, 0.0), (30, 0.2), (90, 0.2), (91, 0.5), (9999, 0.9)])
def test_the_curve_rises_on_the_day_itself(day: int, share: float) -> None:
    assert share_at(POINTS, day) == share


def test_the_curve_goes_level_until_the_day_and_then_straight_up() -> None:
    chart = curve_figure(POINTS, name="Steg 1", followed_days=300).wide
    line = corners(chart.line)
    assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in itertools.pairwise(line))
    assert line[0] == (chart.frame.left, chart.frame.baseline)
    assert [x for x, _ in line] == sorted(x for x, _ in line)


def test_the_curve_ends_where_following_ends_and_never_after_the_axis() -> None:
    short = curve_figure(POINTS, name="Steg 1", followed_days=100).wide
    long = curve_figure(POINTS, name="Steg 1", followed_days=2000).wide
    assert corners(short.line)[-1][0] == short.frame.x(100, 12 * 30.4375)
    assert corners(long.line)[-1][0] == long.frame.edge
    assert corners(long.line)[-1][1] == long.frame.y(0.5, 1)  # day 400 lies beyond twelve months


def test_the_band_holds_the_curve() -> None:
    chart = curve_figure(POINTS, name="Steg 1", followed_days=300).wide
    band = corners(chart.band)
    for x, y in corners(chart.line)[1:]:
        at_x = [height for place, height in band if place == x]
        assert min(at_x) <= y <= max(at_x)


def test_the_target_stands_at_its_share_and_day() -> None:
    chart = curve_figure(POINTS, name="Steg 1", followed_days=300, target=DrawnTarget(0.75, 3)).wide
    assert chart.target is not None
    assert (chart.target.x, chart.target.y) == (chart.frame.x(91, 12 * 30.4375), chart.frame.y(0.75, 1))
    assert chart.target.text == "mål 75\xa0% på 3 mån"
    assert chart.target.text_y < chart.target.y


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize(("first", "then", "share"), [(91, 120, 0.75), (60, 80, 0.9), (180, 200, 0.3), (100, 364, 0.6)])
def test_no_line_goes_through_the_words_of_a_target(size: str, first: int, then: int, share: float) -> None:
    points = [DrawnPoint(first, 0.5, 0.4, 0.6), DrawnPoint(then, 0.81, 0.7, 0.9)]
    figure = curve_figure(points, name="Steg 1", followed_days=365, target=DrawnTarget(share, 3))
    chart = getattr(figure, size)
    letters, words = chart.frame.letters, chart.target
    width = len(words.text) * letters / 2
    left = words.text_x - (width if words.anchor == "end" else 0)
    for (x1, y1), (x2, y2) in itertools.pairwise(corners(chart.line)):
        for part in range(101):
            x, y = x1 + (x2 - x1) * part / 100, y1 + (y2 - y1) * part / 100
            assert not (left < x < left + width and words.text_y - letters < y < words.text_y), words
    assert left >= chart.frame.left


@pytest.mark.parametrize("size", ["wide", "narrow"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.75, 0.9])
@pytest.mark.parametrize(
    "rises", [[(60, 0.4), (85, 0.72), (100, 0.8)], [(85, 0.5), (95, 0.81)], [(91, 0.9)], [(20, 0.95)]]
)
def test_the_words_of_a_target_stand_at_its_ring_and_cover_no_other_words(size, share, rises) -> None:
    points = [DrawnPoint(day, reached, reached - 0.1, reached + 0.05) for day, reached in rises]
    figure = curve_figure(points, name="Steg 1", followed_days=130, target=DrawnTarget(share, 3))
    chart = getattr(figure, size)
    frame, words, end = chart.frame, chart.target, chart.end
    top, left = (
        words.text_y - frame.letters,
        words.text_x - (len(words.text) * frame.letters / 2) * (words.anchor == "end"),
    )
    right = left + len(words.text) * frame.letters / 2
    # At the ring, or straight over or under it: never down at the axis while the ring is high up.
    assert left - 13 <= words.x <= right + 13
    assert min(abs(words.text_y - words.y), abs(top - words.y)) <= (frame.baseline - frame.top) * 0.4, words
    assert frame.letters <= words.text_y <= frame.baseline - 6
    wide = len(end.text) * frame.letters / 2
    assert right <= end.x or end.x + wide <= left or words.text_y <= end.y - frame.letters or end.y <= top, (words, end)


def test_small_shares_get_a_lower_axis() -> None:
    low = [DrawnPoint(200, 0.06, 0.02, 0.14)]
    chart = curve_figure(low, name="Steg 5", followed_days=365, target=DrawnTarget(0.10, 12)).wide
    assert [tick.text for tick in chart.shares][-1] == "25\xa0%"
    assert chart.target is not None
    assert chart.target.anchor == "end"


def test_a_curve_without_points_says_that_it_is_too_early() -> None:
    chart = curve_figure([], name="Andel som klarat steg 1", followed_days=20).narrow
    assert (chart.band, chart.end) == ("", None)
    assert chart.description == "Andel som klarat steg 1: för kort tid än så länge."


def test_the_curve_is_told_in_words_as_far_as_anyone_was_followed() -> None:
    words = curve_figure(POINTS, name="Steg 1", followed_days=190, target=DrawnTarget(0.75, 3)).wide.description
    assert words == (
        "Steg 1: 50\xa0% efter 3\xa0månader, 50\xa0% efter 6\xa0månader. Målet är 75\xa0% på 3\xa0månader."
    )


@pytest.mark.parametrize(
    ("template", "context"),
    [
        (
            "charts/result_bar.html",
            {"bar": result_bar(step=1, name="Steg 1", share=0.606, low=0.52, high=0.68, target=0.75)},
        ),
        (
            "charts/curve.html",
            {"chart": curve_figure(POINTS, name="Steg 1", followed_days=300, target=DrawnTarget(0.75, 3)).wide},
        ),
    ],
)
def test_a_drawing_is_sound_xml_with_a_title_and_plain_numbers(template: str, context: dict[str, object]) -> None:
    svg = ElementTree.fromstring(render_to_string(template, context))
    assert svg.get("role") == "img"
    assert svg.findtext("title")
    assert not [node for node in svg.iter() if node.get("style")]
    numbers = [node.get(name) for node in svg.iter() for name in ("x", "y", "width", "height", "cx", "cy")]
    assert [float(number) for number in numbers if number is not None]  # a decimal comma would not be a number
