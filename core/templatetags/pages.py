"""`{% page "case_list" %}`: the address of a page that another app has."""

from django import template

from core.pages import Page, address_of

register = template.Library()


@register.simple_tag
def page(name: str, *args: object) -> str:
    """The address of a page by what it shows. Raises ValueError for a name that isn't in `Page`."""
    return address_of(Page(name), *args)
