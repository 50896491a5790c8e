"""The version of the software, as recorded beside everything it produced."""

from importlib.metadata import version

VERSION = version("gouji")
