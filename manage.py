"""Django's own commands, for developers (makemigrations, shell)."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings")
    os.environ.setdefault("NASTAVNIK_DEBUG", "1")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
