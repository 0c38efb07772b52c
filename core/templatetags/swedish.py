"""The Swedish words as template filters."""

from django import template

from core.swedish.words import (
    day,
    day_relative,
    day_short,
    decimal,
    in_letters,
    interval,
    late_by,
    listed,
    moment,
    percent,
    plural,
    weekday,
)

register = template.Library()
for word in (
    *(day, day_relative, day_short, decimal, in_letters, interval, late_by, listed),
    *(moment, percent, plural, weekday),
):
    register.filter(word.__name__, word)
