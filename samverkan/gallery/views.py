"""The page of all components, and itself in frames."""

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin

from samverkan.gallery.samples import sample

# Asks for the page as it stands in a frame, without frames of its own: in which light.
IN_FRAME = "ram"
LIGHT, DARK = "ljus", "mork"
# Asks for the style sheet of that light, whatever the machine prefers: that is what decides in a frame too.
COLOURS = "farger"
_ASKED = "@media screen and (prefers-color-scheme: dark)"


@login_not_required
@csp_update({"frame-src": [SELF]})
def gallery(request: HttpRequest) -> HttpResponseBase:
    """Every component once, and the same page in two frames as wide as a phone, one of them dark."""
    if light := request.GET.get(COLOURS):
        return HttpResponse(_tokens(light), content_type="text/css")
    if IN_FRAME in request.GET:
        return _framed(request)
    framed = f"{request.path}?{IN_FRAME}="
    frames = {"light_frame": framed + LIGHT, "dark_frame": framed + DARK}
    return render(request, "core/gallery.html", sample() | frames)


def _tokens(light: str) -> str:
    # The names alone: the fonts' places are told from the file's own, and rules that come last in a frame would stand
    # before those of the components.
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    names = tokens[tokens.index(":root") : tokens.index("@media print")]
    return names.replace(_ASKED, "@media screen" if light == DARK else "@media not all")


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def _framed(request: HttpRequest) -> HttpResponse:
    return render(
        request, "core/gallery.html", sample() | {"colours": f"{request.path}?{COLOURS}={request.GET[IN_FRAME]}"}
    )
