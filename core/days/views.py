"""Saying which day is meant, while somebody types it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from core.days.dates import today
from core.days.kinds import DayKind
from core.days.typed import UncertainDay, read_day
from core.swedish.typed import clean_code
from core.swedish.words import day_with_weekday


@require_POST
def day_read(request: HttpRequest) -> HttpResponse:
    """The day that was typed, as ISO and in words with its day of the week, or what is wrong with it.

    Both are empty where it can't be read.
    """
    name = request.POST.get("kind", "")
    kind = DayKind[name] if name in DayKind.__members__ else DayKind.HAPPENED
    try:
        day = read_day(clean_code(request.POST.get("typed", "")[:100]), today(), kind.bounds.leaning)
    except UncertainDay as fault:
        return JsonResponse({"day": "", "said": str(fault)})
    except ValueError:
        return JsonResponse({"day": "", "said": ""})
    return JsonResponse({"day": day.isoformat(), "said": kind.fault(day, today()) or day_with_weekday(day)})
