"""Settings by subject. `environment` is read first: it refuses to start before anything else is set."""

from samverkan.settings.environment import *  # isort: split

from samverkan.settings.database import *
from samverkan.settings.files import *
from samverkan.settings.log import *
from samverkan.settings.log_in import *
from samverkan.settings.mail import *
from samverkan.settings.program import *
from samverkan.settings.transport import *
