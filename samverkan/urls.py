"""All addresses: Swedish paths, English names."""

from django.conf import settings
from django.urls import include, path

from core.days.views import day_read
from core.drafts.views import draft_detail, draft_save
from core.operation.health import health
from samverkan.gallery.views import gallery

urlpatterns = [
    path("halsa", health, name="health"),
    path("dag/", day_read, name="day_read"),
    path("utkast/spara/", draft_save, name="draft_save"),
    path("utkast/<uuid:public_id>/", draft_detail, name="draft_detail"),
    path("", include("accounts.urls")),
    path("", include("projects.urls")),
    path("", include("participants.urls")),
    path("", include("actionplans.urls")),
    path("", include("casework.urls")),
    path("", include("oversight.urls")),
    path("", include("reports.urls")),
]

if settings.DEVELOPMENT:
    urlpatterns.append(path("komponenter/", gallery, name="gallery"))
