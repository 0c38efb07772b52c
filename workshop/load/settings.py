"""Settings of the bare view's own server: it answers beside the program, by no middleware of the program's."""

from samverkan.settings import *
from workshop.serving.alone import only_for_measuring

only_for_measuring(DEVELOPMENT)

MIDDLEWARE = [
    "workshop.bench.floor.BareMiddleware",
    # The log-in's library starts with nothing less. It asks nothing of the database.
    "allauth.account.middleware.AccountMiddleware",
]
