"""One module a command; each holds its ``app``. The table of them all is in ``cli/main.py``."""
