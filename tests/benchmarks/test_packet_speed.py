"""How long a packet of 200 pages takes, and how much memory: measured in a process of its own; reported, not asserted.

More than half of it are pages of text and filled fields, the others color scans of a letter page at 200 dots an inch.
The parts, their copies in the packet and the packet itself are in memory at once: three times its size.
"""

import json
import subprocess
import sys
import time
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest
from pikepdf import Dictionary, Name, Pdf
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from mild_biller.output.attachments.attached_file import prepare
from mild_biller.output.documents.assembly import PacketSection, assemble
from tests.support import ROOT

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

FRONT: Final = 6
DOTS: Final = (1700, 2200)
PAGES: Final = 200
SPOKEN: Final = "Neurogenic claudication; walks two blocks, then has to sit down; better bent over a cart."


def text_pages(pages: int, *, filled: bool = False) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in range(pages):
        for row in range(52):
            canvas.drawString(50, 760 - row * 13, f"{page}.{row} {SPOKEN}")
        if filled:
            canvas.acroForm.textfield(name=f"field {page}", value="filled in by hand", x=50, y=40, width=200, height=18)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def scan() -> bytes:
    """Return a page that packs about as well as a real scan: soft noise, and dark lines."""
    noise = Image.effect_noise((DOTS[0] // 4, DOTS[1] // 4), 30).resize(DOTS)
    shown = Image.merge("RGB", [noise] * 3).point(lambda value: min(255, value + 90))
    for row in range(200, DOTS[1] - 200, 60):
        shown.paste((20, 20, 30), (200, row, DOTS[0] - 300, row + 24))
    buffer = BytesIO()
    shown.save(buffer, "JPEG", quality=75, dpi=(200, 200))
    return buffer.getvalue()


def scanned_pages(pages: int) -> bytes:
    """Return a PDF as a scanner makes it: on every page a picture of its own."""
    content = scan()
    look = {"Type": Name.XObject, "Subtype": Name.Image, "ColorSpace": Name.DeviceRGB, "BitsPerComponent": 8}
    with Pdf.new() as pdf:
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(612, 792))
            picture = pdf.make_stream(content, Width=DOTS[0], Height=DOTS[1], Filter=Name.DCTDecode, **look)
            page.obj.Resources = Dictionary(XObject=Dictionary(Im=picture))
            page.Contents = pdf.make_stream(b"q 612 0 0 792 0 0 cm /Im Do Q")
        buffer = BytesIO()
        pdf.save(buffer)
    return buffer.getvalue()


def write_files(folder: Path) -> None:
    """Write the attachments: with six pages in front and four dividers they make a packet of 200 pages."""
    (folder / "chart.pdf").write_bytes(text_pages(80, filled=True))
    (folder / "notes.pdf").write_bytes(text_pages(28, filled=True))
    (folder / "picture.jpg").write_bytes(scan())
    (folder / "scans.pdf").write_bytes(scanned_pages(81))


def make_packet(folder: Path) -> dict[str, Any]:
    """Prepare and assemble as the program does, and return what it took of this process."""
    front = text_pages(FRONT)
    start = time.perf_counter()
    sections = [
        PacketSection(file.name, (f"from {file.name}",), prepare(file.read_bytes(), name=file.name))
        for file in sorted(folder.iterdir())
    ]
    prepared = time.perf_counter()
    packet = assemble(front, sections, title="Prior authorization packet")
    done = time.perf_counter()
    most = import_module("resource").getrusage(0).ru_maxrss
    return {
        "pages": FRONT + sum(1 + section.attached.page_count for section in sections),
        "megabytes of file": len(packet) // 1_000_000,
        "seconds to prepare": round(prepared - start, 2),
        "seconds to assemble": round(done - prepared, 2),
        "megabytes of memory": most // (1_000_000 if sys.platform == "darwin" else 1_000),
    }


@pytest.mark.skipif(sys.platform == "win32", reason="its processes do not tell how much memory they took")
@pytest.mark.slow
def test_two_hundred_pages(benchmark: "BenchmarkFixture", tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_files(tmp_path)
    command = [sys.executable, "-m", "tests.benchmarks.test_packet_speed", str(tmp_path)]
    done = benchmark.pedantic(
        subprocess.run, (command,), {"cwd": ROOT, "capture_output": True, "check": True}, rounds=1
    )
    took = json.loads(done.stdout)
    benchmark.extra_info.update(took)
    with capsys.disabled():
        print("\npacket:", ", ".join(f"{value} {what}" for what, value in took.items()))
    assert took["pages"] == PAGES


if __name__ == "__main__":
    print(json.dumps(make_packet(Path(sys.argv[1]))))
