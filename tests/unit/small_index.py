"""A package index in a folder, with wheels made here, and locks of it: no network, and no release but these."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


def wheel(
    name: str, version: str, *, metadata: Sequence[str] = (), build: str = "", tag: str = "py3-none-any"
) -> bytes:
    """Return a wheel of one module that knows its version; a build number makes other bytes of the same release."""
    dist = f"{name}-{version}.dist-info"
    head = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata]
    number = [f"Build: {build}"] if build else []
    files = {
        f"{name}.py": f"VERSION = {version!r}\n",
        f"{dist}/METADATA": "\n".join([*head, ""]),
        f"{dist}/WHEEL": "\n".join(["Wheel-Version: 1.0", "Root-Is-Purelib: true", f"Tag: {tag}", *number, ""]),
    }
    files[f"{dist}/RECORD"] = "".join(_record(path, text) for path, text in files.items()) + f"{dist}/RECORD,,\n"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for path, text in files.items():
            archive.writestr(zipfile.ZipInfo(path), text)
    return made.getvalue()


def _record(path: str, text: str) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
    return f"{path},sha256={digest},{len(text.encode())}\n"


def _link(file: Path) -> str:
    return f'<a href="{file.name}#sha256={hashlib.sha256(file.read_bytes()).hexdigest()}">{file.name}</a><br>'


@dataclass(frozen=True)
class Index:
    """A folder as the installers read it: a page for each name, with links to its wheels."""

    folder: Path

    @property
    def url(self) -> str:
        """Return the address to give to an installer."""
        return self.folder.as_uri()

    def add(
        self, name: str, version: str, *, metadata: Sequence[str] = (), build: str = "", tag: str = "py3-none-any"
    ) -> str:
        """Add a wheel and return the line of a lock that wants exactly this one."""
        content = wheel(name, version, metadata=metadata, build=build, tag=tag)
        place = self.folder / name
        place.mkdir(parents=True, exist_ok=True)
        parts = [name, version, *([build] if build else []), tag]
        (place / f"{'-'.join(parts)}.whl").write_bytes(content)
        links = [_link(file) for file in sorted(place.glob("*.whl"))]
        page = "\n".join(["<!DOCTYPE html><html><body>", *links, "</body></html>"])
        (place / "index.html").write_text(page, encoding="utf-8")
        return locked(f"{name}=={version}", content)


def locked(pin: str, content: bytes) -> str:
    """Return the line of a lock that wants one file alone."""
    return f"{pin} \\\n    --hash=sha256:{hashlib.sha256(content).hexdigest()}\n"


def write_lock(lock: Path, lines: Iterable[str]) -> Path:
    """Write a lock of lines and return it."""
    lock.write_text("".join(lines), encoding="utf-8")
    return lock
