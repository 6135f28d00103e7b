"""Every setting as a field, made from the model of the settings: one mapping from its kind to a widget."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from annotated_types import Ge, Le, MultipleOf
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from mild_biller.gui.style.theme import outline, reading_font
from mild_biller.settings import Calibration, Offered, Settings

NOTHING = "none"
WIDTH = 76  # characters
LEAST_LINES = 12
Offers = Mapping[Offered, Sequence[tuple[str, str]]]  # value and words


class Choices(QComboBox):
    """A list to choose from; a value that is no longer offered stays, and says so."""

    def __init__(self, offered: Sequence[tuple[str, str]], present: str) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(24)
        for value, words in offered:
            self.addItem(words, value)
        if self.findData(present) < 0:
            self.addItem(f"{present} (no longer available)", present)
        self.setCurrentIndex(self.findData(present))

    def value(self) -> str:
        """Return the value that is chosen."""
        return str(self.currentData())


class SettingsForm(QScrollArea):
    """The settings in the order of their model, and each printer's calibration below."""

    def __init__(self, settings: Settings, *, offers: Offers) -> None:
        super().__init__()
        self._settings = settings
        self._offers = offers
        self.editors: dict[str, QWidget] = {}
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        shown = [name for name, info in Settings.model_fields.items() if info.title and name != "printers"]
        self._add("", settings, {name: name for name in shown})
        for printer, calibration in settings.printers.items():
            self._add(f"Printer {printer}", calibration, {name: f"{printer}/{name}" for name in _CALIBRATED})
        self._column.addStretch(1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the cursor goes to the fields in it
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = inside

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest setting, and a few lines."""
        width = self._inside.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
        return QSize(width, self.fontMetrics().height() * LEAST_LINES)

    def sizeHint(self) -> QSize:
        """Return the size at which nothing has to be scrolled."""
        width = self.fontMetrics().averageCharWidth() * WIDTH
        return QSize(width, self._inside.heightForWidth(width - self.verticalScrollBar().sizeHint().width()))

    def chosen(self) -> Settings:
        """Return the settings as they are set in the fields."""
        values = {key: editor.value() for key, editor in self.editors.items()}  # type: ignore[attr-defined]
        own = {key: value for key, value in values.items() if key in Settings.model_fields}
        printers = {
            printer: Calibration(**{name: values[f"{printer}/{name}"] for name in _CALIBRATED})
            for printer in self._settings.printers
        }
        return Settings.model_validate({**self._settings.model_dump(), **own, "printers": printers})

    def _add(self, heading: str, model: BaseModel, keys: Mapping[str, str]) -> None:
        if heading:
            label = QLabel(heading)
            label.setFont(reading_font(larger=1.5, is_bold=True))
            label.setTextFormat(Qt.TextFormat.PlainText)
            self._column.addWidget(label)
        form = QFormLayout()
        form.setContentsMargins(0, 0, 8, 12)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, key in keys.items():
            info = type(model).model_fields[name]
            editor = make_editor(info, getattr(model, name), offers=self._offers)
            editor.setAccessibleName(f"{heading}: {info.title}" if heading else str(info.title))
            editor.setAccessibleDescription(info.description or "")
            outline(editor)
            self.editors[key] = editor
            form.addRow(_caption(str(info.title), editor), _with_note(editor, info.description or ""))
        self._column.addLayout(form)


_CALIBRATED = tuple(Calibration.model_fields)


def make_editor(info: FieldInfo, value: Any, *, offers: Offers) -> QWidget:
    """Return the widget for a kind of setting; the only such mapping."""
    extra = info.json_schema_extra
    if isinstance(extra, dict) and "offered" in extra:
        offered = offers.get(Offered(str(extra["offered"])), ())
        return Choices((("", NOTHING), *offered), value)
    if isinstance(value, StrEnum):
        return Choices([(each.value, each.value.capitalize()) for each in type(value)], value)
    if isinstance(value, int):
        return _number(QSpinBox(), info, value)
    if isinstance(value, float):
        spin = QDoubleSpinBox()
        spin.setDecimals(3)
        spin.setSingleStep(0.001 if _limit(info, Le, 1.0) <= 2 else 0.5)
        return _number(spin, info, value)
    return QLineEdit(str(value))


def _number(spin: Any, info: FieldInfo, value: float) -> QWidget:
    spin.setRange(_limit(info, Ge, 0), _limit(info, Le, 1000))
    if (step := _limit(info, MultipleOf, 0)) > 0:
        spin.setSingleStep(step)
    spin.setValue(value)
    widget: QWidget = spin
    return widget


def _limit(info: FieldInfo, kind: type[Ge] | type[Le] | type[MultipleOf], otherwise: float) -> Any:
    names = {Ge: "ge", Le: "le", MultipleOf: "multiple_of"}
    return next((getattr(each, names[kind]) for each in info.metadata if isinstance(each, kind)), otherwise)


def _caption(title: str, editor: QWidget) -> QLabel:
    label = QLabel(title)
    label.setBuddy(editor)
    return label


def _with_note(editor: QWidget, text: str) -> QWidget:
    """Return an editor with the line that explains it below."""
    note = QLabel(text)
    note.setWordWrap(True)
    note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    both = QWidget()
    column = QVBoxLayout(both)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(editor)
    column.addWidget(note)
    return both
