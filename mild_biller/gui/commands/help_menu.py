"""The Help menu, and the page it shows its texts on."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTextBrowser, QWidget

from mild_biller.gui import dialogs
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.gui.widgets.menus import LINE, Menu, MenuEntry, all_actions
from mild_biller.presentation import help_text

COLUMNS, ROWS = 96, 32  # characters and lines of a page
MARGIN = 12  # pixels around the text


class HelpPage(QTextBrowser):
    """A text to read, with the keyboard too."""

    def __init__(self, name: str, html: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setAccessibleDescription("Text; the arrow keys scroll it.")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(MARGIN)
        self.setHtml(html)

    def sizeHint(self) -> QSize:
        """Return room for a page."""
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * COLUMNS, letters.height() * ROWS)


def help_menu(window: QWidget, case: CaseEditor, *, steps: Sequence[str], menus: Callable[[], Sequence[Menu]]) -> Menu:
    """Return the Help menu; `steps` are their titles, `menus` gives all menus, for the list of what they do."""

    def show(title: str, make: Callable[[], str]) -> None:
        dialogs.show_page(window, title, HelpPage(title, make()))

    def rules() -> str:
        return help_text.rules_page(case.catalog, today=case.clock())

    def shortcuts() -> str:
        return help_text.shortcuts_page(all_actions(menus()))

    return Menu(
        "&Help",
        (
            MenuEntry("steps", "The s&teps", "F1", partial(show, "The steps", partial(help_text.steps_page, steps))),
            MenuEntry("rules", "&Rules in effect", "", partial(show, "Rules in effect", rules)),
            MenuEntry("shortcuts", "&Shortcuts", "Ctrl+/", partial(show, "Shortcuts", shortcuts)),
            LINE,
            MenuEntry("about", "&About", "", partial(show, "About", help_text.about_page)),
        ),
    )
