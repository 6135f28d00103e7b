"""How a case is decided is said once: the window, the findings and `check` use the same words."""

from pathlib import Path

import pytest

from mild_biller.core.rules.finding import Topic
from mild_biller.presentation.findings.finding_rows import verdict
from mild_biller.presentation.typed_text import shown_days
from tests.support import EXAMPLE_FILES, reviewed


@pytest.mark.parametrize("path", EXAMPLE_FILES, ids=lambda path: path.stem)
def test_the_verdict_says_what_the_finding_says(path: Path) -> None:
    found = reviewed(path.stem)
    (decision,) = (each for each in found.findings if each.topic is Topic.POSITION)
    assert " ".join(verdict(found).lines[:-1]) == shown_days(decision.message)
