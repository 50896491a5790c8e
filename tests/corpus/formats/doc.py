"""A page as a document of Word 97: a Word document that LibreOffice, where it is installed, has saved as one."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from random import Random

from tests.corpus.formats import docx
from tests.corpus.page import Page

OFFICE = shutil.which("soffice")
"""The program that converts documents; None where there is none."""


def merged(page: Page, rng: Random) -> bytes:
    """Tables with merged cells."""
    return as_doc(docx.merged(page, rng))


def runs(page: Page, rng: Random) -> bytes:
    """The same, the text of every cell in several runs and paragraphs."""
    return as_doc(docx.runs(page, rng))


def as_doc(document: bytes) -> bytes:
    """A Word document as one of Word 97."""
    if OFFICE is None:
        raise RuntimeError("LibreOffice is not installed (Debian: libreoffice-writer-nogui).")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "a.docx")
        source.write_bytes(document)
        profile = f"-env:UserInstallation=file://{folder}/profile"  # one for each, so that several run at once
        command = [OFFICE, profile, "--headless", "--convert-to", "doc", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
        return source.with_suffix(".doc").read_bytes()
