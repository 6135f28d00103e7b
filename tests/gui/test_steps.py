"""Which step a pointer belongs to."""

import pytest

from mild_biller.gui.steps import step_of


@pytest.mark.parametrize(
    ("pointer", "step"),
    [("/claim", 1), ("/claim/charges/62330", 0), ("/claimed", 1), ("/nobody", 1), ("/procedure", 0)],
)
def test_the_longest_prefix_decides_the_step(pointer: str, step: int) -> None:
    assert step_of(pointer, [("/procedure", "/claim/charges"), ("/claim",)]) == step
