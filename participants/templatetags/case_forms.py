"""Hidden fields that every form about a case carries."""

from uuid import UUID

from django import template
from django.template import Context
from django.utils.html import format_html

from core.forms.token import TokenForm
from participants.stale_forms.ticket import NAME, Ticket

register = template.Library()


@register.simple_tag(takes_context=True)
def case_ticket(context: Context, form: TokenForm | None = None, about: UUID | None = None) -> str:
    """The ticket of a form on a page about `enrolment`; nothing on other pages.

    Inputs: the form, unless it is nothing but a button; the id in the address that it is sent to, if that is another
    than the page's own.
    """
    enrolment, request = context.get("enrolment"), context.get("request")
    if not (enrolment and request):
        return ""
    about = about or request.resolver_match.kwargs["public_id"]
    signed = Ticket.of(request.user, enrolment, about, form).signed()
    return format_html('<input type="hidden" name="{}" value="{}">', NAME, signed)
