"""The sandbox: what a file does to its reader stays between the two."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.ingest.limits import Limits
from services.ingest.sandbox import Sandbox
from shared.blocks import Block
from shared.errors import Rejected

# What the jobs below do, each a module that the warm process imports.
MODULES = {
    "reads": "return [Block(data.decode(), 'P1')]",
    "spins": "while True: pass",
    "hoards": "return [Block('x', bytearray(10**9))]",
    "dies": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "recurses": "return blocks(data)",
    "fails": "raise KeyError('word/document.xml')",
    "floods": "return (Block('x', 'P1') for _ in range(10**9))",
    "rejects": "raise Rejected('unreadable', 'locked')",
    "litters": "import tempfile; return [Block(tempfile.mkdtemp(), 'P1')]",
}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("modules")
    for name, body in MODULES.items():
        source = f"from shared.blocks import Block\nfrom shared.errors import Rejected\ndef blocks(data):\n    {body}\n"
        (folder / f"{name}.py").write_text(source)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("PYTHONPATH", os.pathsep.join([str(folder), str(Path.cwd())]))
        sandbox = Sandbox()
        yield sandbox
        sandbox.close()


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("spins", "too_large"),
        ("hoards", "too_large"),
        ("floods", "too_large"),
        ("dies", "hostile"),
        ("recurses", "hostile"),
        ("fails", "unreadable"),
        ("rejects", "unreadable"),
    ],
)
def test_a_file_costs_its_own_process_only(sandbox: Sandbox, module: str, code: str) -> None:
    with pytest.raises(Rejected) as rejected:
        sandbox.extract(module, b"", Limits(seconds=1, megabytes=100))
    assert rejected.value.code == code
    assert sandbox.extract("reads", "规章".encode(), Limits()) == [Block("规章", "P1")]


def test_what_a_file_leaves_on_the_disk_ends_with_its_process(sandbox: Sandbox) -> None:
    folder = Path(sandbox.extract("litters", b"1", Limits())[0].text)
    assert not folder.exists()
    assert not folder.parent.exists()


def test_a_sandbox_that_was_killed_starts_again(sandbox: Sandbox) -> None:
    sandbox.extract("reads", b"1", Limits())
    server = sandbox._server
    assert server is not None
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    assert sandbox.extract("reads", b"2", Limits())[0].text == "2"


def test_a_fork_of_the_service_has_a_sandbox_of_its_own(sandbox: Sandbox) -> None:
    sandbox.extract("reads", b"1", Limits())
    child = os.fork()
    if not child:
        os._exit(0 if sandbox.extract("reads", b"2", Limits())[0].text == "2" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert sandbox.extract("reads", b"3", Limits())[0].text == "3"
