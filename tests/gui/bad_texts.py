"""Texts that nobody should type and somebody will paste; and that they leave a window as wide as it was."""

from mild_biller.gui.pages.page import Page
from mild_biller.gui.window.main_window import WIDTH, MainWindow
from tests.gui.waiting import settled

GARBAGE = {
    "control characters": "".join(map(chr, range(32))) + "\x7f\x85\u2028\u2029",
    "a table": "Name\tNPI\r\nRENDERER\t1234567893\r\n",
    "markup": "<script>alert('x')</script><b>&amp;&nbsp;</b>",
    "a path and a query": "C:\\x\\..\\y'; DROP TABLE cases;-- %s %n {0} ${HOME}",
    "half a character": "A\ud83dB",
    "right to left": "שלום עולם محمد \u202egnorw\u202c",
    "emoji": "👩🏽‍⚕️🦴🏳️‍🌈",
    "accents piled up": "Z" + "\u0351\u0329" * 40,
    "nothing but blanks": " \u00a0\u2003\u3000 ",
    "digits of other writings": "١٢/٠٣/٢٠٢٦ ４５",
    "numbers that are none": "1e999 -0 NaN ∞ 0x1F 1,2.3.4",
}
LONG = "X" * 10_000


def assert_in_sight(window: MainWindow) -> None:
    """No text makes the window wider, or the form in it wider than its room."""
    settled(window)
    assert window.width() == WIDTH
    assert window.minimumSizeHint().width() <= WIDTH
    page = window.pages[window.stack.currentIndex()]
    form = page if isinstance(page, Page) else page.form
    assert form.horizontalScrollBar().maximum() == 0
    window.grab()
