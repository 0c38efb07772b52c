"""All addresses: Swedish paths, English names."""

from django.conf import settings
from django.urls import include, path

from core.views import health
from samverkan.gallery import gallery

urlpatterns = [
    path("halsa", health, name="health"),
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
