"""What the tests of the window share: the day, the examples, the way to a field."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QRadioButton, QWidget

from mild_biller.core.case.vocabulary import FormKind
from mild_biller.gui.fields.bound_field import BoundField
from mild_biller.gui.fields.inputs import TypedInput
from mild_biller.gui.window.frame import Frame
from mild_biller.gui.window.main_window import MainWindow
from tests.gui.waiting import active
from tests.support import PACK

MOST_PLACES = 200  # more than any step has for the cursor to stand on
Answering = Callable[..., list[tuple[object, ...]]]


# A case as a person types it: words of the name of each field, in the order they are come to, and what is typed.
PATIENT = {
    "Last name": "TESTPATIENT",
    "First name": "ALMA",
    "Middle": "Q",
    "Date of birth": "7/6/51",
    "Sex": "F",
    "Telephone": "4125550142",
    "Patient account # (26)": "medicare-asc-2",
    "Medical record # (MRN)": "MR00123",
    "Street": "12 ELM STREET",
    "City": "PITTSBURGH",
    "State": "PA",
    "ZIP": "15213",
}
QUESTIONS = {
    "neurogenic claudication": "y",
    "central canal stenosis": "y",
    "What kind of imaging": "MRI",
    "When was the imaging done": "01102026",
    "ligamentum flavum": "4.1",
    "spondylolisthesis": "1",
    "infection or inflammation": "n",
    "part of the study": "y",
    "no lumbar decompression": "y",
}
EARLIER = {"Type": "Epidural", "Region": "Lumbar", "Date": "8/20/25", "Code": "62323"}
CARE = {"Type": "Physical", "From": "9/1/25", "To": "11/15/25", "Outcome": "Failed"}
SCORES = {"Oswestry": "52", "NPRS": "8", "ZCQ symptoms": "3.2"}
PAYER = {"Payer": "Medicare", "Member ID": "1EG4TE5MK73", "Patient relationship to insured": "Self"}
CONTRACTOR = {
    "claims mailing address (payer or MAC): Name": "NOVITAS SOLUTIONS PART B",
    "Payer number": "12502",
    "Street": "PO BOX 3091",
    "City": "MECHANICSBURG",
    "State": "PA",
    "ZIP": "17055",
}
PROCEDURE = {
    "Date of service": "03102026",
    "Region": "Lumbar",
    "Place of service": "Ambulatory",
    "Imaging guidance": "Fluoroscopy",
}
REASONS = {"Diagnosis codes": "M48.062", "Trial number": "03072927"}
CHARGES = {"Charge for 62330": "4600.00", "Charge for 62331": "2300.00"}
PROVIDERS = {
    "Billing provider (items 25, 33): Name": "THREE RIVERS PAIN ASSOC",
    "NPI": "2000000010",
    "Taxonomy": "208VP0014X",
    "Tax ID": "251234567",
    "Tax ID type": "EIN",
    "Telephone": "4125550100",
    "Street": "100 MAIN STREET STE 4",
    "City": "PITTSBURGH",
    "State": "PA",
    "ZIP": "152221234",
    "Rendering provider (items 24J, 31): Last name": "RENDERER",
    "24J, 31): First name": "PAT",
    "24J, 31): NPI": "1234567893",
    "24J, 31): Taxonomy": "208VP0014X",
    "Referring provider (item 17): Last name": "REFERRER",
    "17): First name": "CHRIS",
    "17): Role": "Referring",
    "17): NPI": "2000000028",
    "Service facility (item 32): Name": "RIVERSIDE SURGERY CENTER",
    "32): NPI": "2000000036",
    "32): Street": "500 RIVER ROAD",
    "32): City": "PITTSBURGH",
    "32): State": "PA",
    "32): ZIP": "152221234",
}
SENDING = {"Form": "CMS", "Accept assignment": "y", "Amount paid": "0.00", "Signatures on file": "y"}


def cell(window: MainWindow, pointer: str) -> BoundField:
    """Show the field bound to a pointer, put the cursor into it, and return it."""
    window.go_to_field(pointer)
    page = window.pages[window.stack.currentIndex()]
    found = page.show_field(pointer)
    assert isinstance(found, BoundField), f"no field for {pointer}"
    assert found.pointer == pointer
    return found


def typed(window: MainWindow, pointer: str) -> TypedInput:
    """Return the line to type in at a pointer, with the cursor in it."""
    found = cell(window, pointer).input
    assert isinstance(found, TypedInput)
    return found


class Keyboard:
    """Types as a person does: every key goes to where the cursor stands, and nowhere else."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.typed: list[tuple[str, str]] = []  # ("key", "Ctrl+E") or ("type", "a text"), to be played elsewhere

    @property
    def place(self) -> QWidget:
        """Where the cursor stands."""
        return self._window.focusWidget() or self._window

    @property
    def name(self) -> str:
        """What a screen reader says of that place."""
        place = self.place
        return place.accessibleName() or (place.text() if isinstance(place, QAbstractButton) else "")

    def press(self, keys: str, *, times: int = 1) -> None:
        """Press a key or a shortcut, as `Return` or `Ctrl+E`."""
        for _ in range(times):
            self._have_the_window()
            self.typed.append(("key", keys))
            QTest.keySequence(self.place, QKeySequence(keys))

    def write(self, text: str) -> None:
        """Type a text where the cursor stands."""
        self._have_the_window()
        self.typed.append(("type", text))
        if isinstance(self.place, QComboBox):
            self.place.view().keyboardSearch("")  # as after a pause: what was typed there before has ended
        QTest.keyClicks(self.place, text)

    def go_on(self) -> None:
        """Go to the next place: Enter in a field, Tab anywhere else."""
        is_field = isinstance(self.place, (QLineEdit, QComboBox, QRadioButton))
        before = self.place
        self.press("Return" if is_field else "Tab")
        if self.place is before:  # Enter has another meaning here
            self.press("Tab")

    def go_to(self, name: str) -> None:
        """Go on until the cursor stands at a place with these words in its name."""
        for _ in range(MOST_PLACES):
            if name in self.name:
                return
            self.go_on()
        raise AssertionError(f"no key leads to {name!r}; the cursor stands at {self.name!r}")

    def fill(self, answers: Mapping[str, str]) -> None:
        """Answer field after field, in the order they are come to."""
        for name, answer in answers.items():
            self.go_to(name)
            self.write(answer)
            self.go_on()

    def add(self, what: str) -> None:
        """Press the button that adds a row; the cursor is in its first field then."""
        self.go_to(f"Add {what}")
        self.press("Space")

    def _have_the_window(self) -> None:
        if not self._window.isActiveWindow():
            active(self._window)


def box_text(pdf: Path, box: str, *, form: FormKind = FormKind.CMS1500, page: int = 0) -> str:
    """Read what stands in a box of a printed claim, from its place on the sheet."""
    layout = PACK.layout(form)
    grid, cells = layout.grid, layout.by_id[box]
    base = grid.page_height - grid.baseline(cells.row)
    with pypdfium2.PdfDocument(pdf) as document:
        sheet = document[page].get_textpage()
        left, right = grid.x(cells.col), grid.x(cells.col + cells.width)
        return sheet.get_text_bounded(left, base - 2, right, base + grid.font_size * 0.6).strip()


def type_case(keyboard: Keyboard, *, payer: Callable[[Keyboard], None], study: bool) -> None:
    """Type a whole case from the first empty field on; two interspaces in the study, else one."""
    keyboard.press("Ctrl+1")
    keyboard.fill(PATIENT | QUESTIONS | {"part of the study": "y" if study else "n"})
    keyboard.add("prior procedure")
    keyboard.fill(EARLIER)
    keyboard.add("course of care")
    keyboard.fill(CARE | SCORES)
    keyboard.press("Ctrl+2")
    payer(keyboard)
    keyboard.press("Ctrl+3")
    keyboard.fill(PROCEDURE)
    for name in ("L4-L5", "L3-L4")[: 2 if study else 1]:
        keyboard.add("interspace")
        keyboard.fill({": Interspace": name, "Side": "Both"})
    keyboard.fill(REASONS if study else {"Diagnosis codes": "M48.062"})
    keyboard.fill(CHARGES if study else {"Charge for 62330": "4600.00"})
    keyboard.press("Ctrl+4")
    keyboard.fill(PROVIDERS)
    keyboard.press("Ctrl+5")
    keyboard.fill(SENDING)


def medicare(keyboard: Keyboard) -> None:
    keyboard.fill(PAYER | CONTRACTOR)


def premera(keyboard: Keyboard) -> None:
    keyboard.fill(
        {
            "Payer": "Premera",
            "Member ID": "ABC600112233",
            "Patient relationship to insured": "Self",
            "Group number": "1000456",
            "Plan name": "HERITAGE PPO",
        }
    )


def when_open(act: Callable[[Frame], None]) -> None:
    """Do something with the program's window once it holds a case; one that was closed may still be in memory."""
    frames = [each for each in QApplication.topLevelWidgets() if isinstance(each, Frame)]
    open_frames = [each for each in frames if each.held and each.isVisible()]
    if open_frames:
        act(open_frames[-1])
    else:
        QTimer.singleShot(20, lambda: when_open(act))
