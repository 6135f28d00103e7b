"""The steps of a case as a bar of tabs, each with a mark: done, so many to mend, or not known."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QTabBar

from mild_biller.core.review import Review
from mild_biller.gui.entries import Tone, tone_of
from mild_biller.gui.marks import mark_icon

COUNTED = (Tone.ERROR, Tone.NEEDED, Tone.HOLD, Tone.WARNING)


def step_of(pointer: str, prefixes: Sequence[tuple[str, ...]]) -> int:
    """Return the step a pointer belongs to: the one with the longest prefix, the last for what nobody claims."""
    lengths = [
        max((len(each) for each in step if f"{pointer}/".startswith(f"{each}/")), default=0) for step in prefixes
    ]
    longest = max(lengths)
    return lengths.index(longest) if longest else len(prefixes) - 1


class StepBar(QTabBar):
    """Shows which step is which, and how far each is."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self.tones = [Tone.INFO for _ in titles]
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName("Steps")
        self.setAccessibleDescription(f"The arrow keys go from step to step, Ctrl+1 to Ctrl+{len(titles)} to one.")
        for number, title in enumerate(titles, start=1):
            index = self.addTab(f"{number} {title}")
            self.setTabToolTip(index, f"Ctrl+{number}")

    def show_review(
        self, review: Review, prefixes: Sequence[tuple[str, ...]], *, missing: Mapping[int, int] | None = None
    ) -> None:
        """Mark every step by what its fields still want; `missing` things of a step are counted with them."""
        found: list[list[Tone]] = [[] for _ in prefixes]
        for finding in review.findings:
            tone = tone_of(finding, review.case)
            if tone in COUNTED:
                found[step_of(finding.path, prefixes)].append(tone)
        for index, count in (missing or {}).items():
            found[index] += [Tone.NEEDED] * count
        asked = {step_of(path, prefixes) for path in review.assessment.missing}
        for index, tones in enumerate(found):
            self._mark(index, tones, is_asked=index in asked)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the marks anew in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            for index, tone in enumerate(self.tones):
                if not self.tabIcon(index).isNull():
                    self.setTabIcon(index, mark_icon(tone, self.palette()))

    def _mark(self, index: int, tones: list[Tone], *, is_asked: bool) -> None:
        tone = min(tones, key=lambda each: each.rank, default=Tone.UNKNOWN if is_asked else Tone.GOOD)
        count = f"  {len(tones)}" if tones else ""
        text = f"{index + 1} {self._titles[index]}{count}"
        if self.tabText(index) != text or self.tones[index] is not tone:
            self.setTabText(index, text)
            self.setTabIcon(index, mark_icon(tone, self.palette()))
            self.tones[index] = tone
            said = f"{len(tones)} to look at, the worst: {tone.value}" if tones else tone.value
            self.setAccessibleTabName(index, f"Step {text}: {said}")
