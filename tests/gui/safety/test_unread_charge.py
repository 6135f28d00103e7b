"""What cannot be read comes back with its case wherever the case has a place for it; a code is no place in a list."""

import pytest
from PySide6.QtWidgets import QApplication

from mild_biller import loader
from mild_biller.gui.case_editor import CaseEditor
from mild_biller.store.unread import Unread
from tests.support import ABSENT, TODAY, case


@pytest.mark.parametrize(
    ("pointer", "is_kept"),
    [
        ("/claim/charges/62330", True),
        ("/claim/charges/A~1B", True),
        ("/prior_procedures/0/date", True),
        ("/prior_procedures/7/date", False),
        ("/claim/lines/0/charge", False),
        ("/claim/nobody_knows_this_key", False),
    ],
)
def test_is_taken_up_where_there_is_a_place(qapp: QApplication, pointer: str, is_kept: bool) -> None:
    assert qapp is not None
    editor = CaseEditor(catalog=loader.catalog(), layouts=loader.layout, clock=lambda: TODAY)
    changes = {"/claim/charges/62330": ABSENT, "/prior_procedures": [{"kind": "fusion"}]}
    editor.recover(case(changes=changes), path=None, unread={pointer: Unread("Charge", "12..5")})
    assert (pointer in editor.unread) is is_kept
