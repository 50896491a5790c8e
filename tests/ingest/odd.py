"""Everything odd that has been seen in a bucket, or thought of, and what is to become of it."""

import errno
import os
from pathlib import Path

YEAR_30828 = 910_670_515_199
"""Seconds; what Samba and copyparty make of a Windows time that is not set (in a 64-bit file system)."""
_DEEP = "d" * 200
_DEEP_LEVELS = 21  # 21 * 201 bytes are more than PATH_MAX, 4096


def drop_objects(bucket: Path, content: bytes) -> dict[str, str]:
    """Drops what is an object, however odd, with ``content`` and a line that differs; returns how each file's content
    ends, by its key."""
    names = {
        b"twin-\xff.txt": "twin-\\xff.txt",
        b"twin-\\xff.txt": "twin-\\x5cxff.txt",
        b"twin-\\x5cxff.txt": "twin-\\x5cx5cxff.txt",
        "报告.txt".encode("gbk"): "\\xb1\\xa8\\xb8\\xe6.txt",
        b"far-future.txt": "far-future.txt",
        b"tomorrow.txt": "tomorrow.txt",
        b"before-1970.txt": "before-1970.txt",
        b"two\nlines \x1b[31m.txt": "two\nlines \x1b[31m.txt",
    }
    endings = {}
    for number, (name, key) in enumerate(names.items()):
        endings[key] = f"第{number}号"
        (bucket / os.fsdecode(name)).write_bytes(content + f"\n{endings[key]}\n".encode())
    set_changed(bucket / "far-future.txt", YEAR_30828)
    set_changed(bucket / "tomorrow.txt", 4_000_000_000)
    set_changed(bucket / "before-1970.txt", -1_000_000_000)
    return endings


def drop_passed_over(bucket: Path) -> dict[str, str]:
    """Drops what is no object; returns the reason for each, by its key."""
    (bucket.parent / "secret.txt").write_text("secret")
    (bucket / "loop.txt").symlink_to("loop.txt")
    (bucket / "x.txt").symlink_to("y.txt")
    (bucket / "y.txt").symlink_to("x.txt")
    (bucket / "dangling.txt").symlink_to("nothing.txt")
    (bucket / "outside.txt").symlink_to(bucket.parent / "secret.txt")
    (bucket / "folder").mkdir()
    (bucket / "to-folder").symlink_to("folder")
    os.mkfifo(bucket / "pipe.txt")
    reasons = {
        "loop.txt": "link_broken",
        "x.txt": "link_broken",
        "y.txt": "link_broken",
        "dangling.txt": "link_broken",
        "outside.txt": "link_outside",
        "to-folder": "link_to_folder",
        "pipe.txt": "no_file",
        drop_too_deep(bucket): "path_too_long",
    }
    for key, reason in NAMES.items():
        (bucket / key).parent.mkdir(parents=True, exist_ok=True)
        (bucket / key).write_text("x")
        *folders, name = key.split("/")
        reasons["".join(f"{folder}/" for folder in folders) if folders else name] = reason
    return reasons


NAMES = {
    ".hidden.txt": "hidden",
    ".git/config": "hidden",
    "@eaDir/年报.txt@SynoEAStream": "system",
    "$RECYCLE.BIN/desktop.ini": "system",
    "__MACOSX/._年报.txt": "system",
    "desktop.ini": "system",
    "Thumbs.db": "system",
    "~$年报.docx": "temporary",
    "#年报.txt#": "temporary",
    "年报.txt~": "temporary",
    "年报.docx.part": "temporary",
    "x.crdownload": "temporary",
    "X.TMP": "temporary",
    "x.temp": "temporary",
    "年报.pdf.aria2": "temporary",
    "年报.pdf.td": "temporary",
    "年报.pdf.xltd": "temporary",
    "年报.pdf.baiduyun.p.downloading": "temporary",
    "年报.pdf.sb-1a2b3c4d-Xy12Zz": "temporary",
}
"""Names that are no report's, and why."""


def drop_too_deep(bucket: Path) -> str:
    """Makes folders so deep that the system takes no path to the innermost, and a file in it; returns the key of the
    first that cannot be looked into."""
    here = os.open(bucket, os.O_RDONLY)
    length = len(os.fsencode(bucket))
    first = ""
    for level in range(1, _DEEP_LEVELS + 1):
        os.mkdir(_DEEP, dir_fd=here)
        below = os.open(_DEEP, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
        length += len(_DEEP) + 1
        if length > 4095 and not first:
            first = f"{_DEEP}/" * level
    os.close(os.open("deep.txt", os.O_CREAT | os.O_WRONLY, dir_fd=here))
    os.close(here)
    return first


def set_changed(path: Path, seconds: int) -> None:
    """Sets the change time of ``path``; file systems that cannot keep it keep the nearest they can."""
    try:
        os.utime(path, (seconds, seconds))
    except (OverflowError, OSError) as error:
        if getattr(error, "errno", errno.EOVERFLOW) not in (errno.EINVAL, errno.EOVERFLOW):
            raise
