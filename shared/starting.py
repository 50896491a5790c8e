"""How the process of a service begins: what the operator set that cannot be used ends it with a sentence."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pydantic import ValidationError

from shared.errors import Unavailable
from shared.settings import cannot_be_used


@contextmanager
def errors_as_sentences() -> Iterator[None]:
    """Around what reads the settings and opens what they name. Ends the process where a setting, a bucket or a database
    cannot be used at all, or a module for it is not installed; what is merely away is waited for later."""
    try:
        yield
    except ValidationError as error:
        sys.exit(f"gouji: {cannot_be_used(error)}")
    except Unavailable as error:
        sys.exit(f"gouji: {error}")
    except ModuleNotFoundError as error:
        sys.exit(f"gouji: the module {error.name} is not installed; the extras of gouji name what each service needs")
