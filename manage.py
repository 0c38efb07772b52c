#!/usr/bin/env python
"""Django's command line for Samverkan."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    if sys.argv[1:2] == ["makemigrations"]:
        # Compares models with files: nothing is served and no data are touched, so that no keys are needed.
        os.environ["DEBUG"] = "1"
        os.environ["DATABASE_URL"] = "sqlite:///:memory:"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
