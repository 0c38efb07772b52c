"""The addresses of the admin, while it is raced against."""

from django.urls import path

from workshop.race.admin import site

urlpatterns = [path("admin/", site.urls)]
