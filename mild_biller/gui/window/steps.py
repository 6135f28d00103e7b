"""The steps of a case as a bar of tabs, each with a mark: done, how many to fix, or not known."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QTabBar

from mild_biller.core.review.review import Review
from mild_biller.gui.style.tone_marks import mark_icon, mark_size
from mild_biller.presentation.findings.finding_rows import tone_of
from mild_biller.presentation.tone import Tone

LINE = 3  # pixels under the title of the step in work
COUNTED = (Tone.ERROR, Tone.NEEDED, Tone.HOLD, Tone.WARNING)


def step_of(pointer: str, prefixes: Sequence[tuple[str, ...]]) -> int:
    """Return the step a pointer belongs to: the one with the longest prefix, the last for what nobody claims."""
    lengths = [
        max((len(each) for each in step if f"{pointer}/".startswith(f"{each}/")), default=0) for step in prefixes
    ]
    longest = max(lengths)
    return lengths.index(longest) if longest else len(prefixes) - 1


class StepBar(QTabBar):
    """Shows which step is which, and how far each is; where room is short the step in work alone has its title."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self._titles = tuple(titles)
        self._counts = [0 for _ in titles]
        self.tones = [Tone.INFO for _ in titles]
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setIconSize(mark_size())
        self.setAccessibleName("Steps")
        self.setAccessibleDescription(
            f"The arrow keys go from step to step, Ctrl+1 to Ctrl+{len(titles)} go to one step."
        )
        for number, title in enumerate(titles, start=1):
            index = self.addTab(f"{number} {title}")
            self.setTabToolTip(index, f"{title} (Ctrl+{number})")
        self.currentChanged.connect(self._fit)

    def show_review(
        self,
        review: Review,
        prefixes: Sequence[tuple[str, ...]],
        *,
        missing: Mapping[int, int] | None = None,
        unknown: Collection[int] = (),
    ) -> None:
        """Mark every step by what its fields still want.

        `missing` things of a step are counted with them; a step that is `unknown` is not done without them.
        """
        found: list[list[Tone]] = [[] for _ in prefixes]
        for finding in review.of_both_claims:
            tone = tone_of(finding, review.case)
            if tone in COUNTED:
                found[step_of(finding.path, prefixes)].append(tone)
        for index, count in (missing or {}).items():
            found[index] += [Tone.NEEDED] * count
        asked = {*unknown, *(step_of(path, prefixes) for path in review.assessment.missing)}
        for index, tones in enumerate(found):
            self._mark(index, tones, is_asked=index in asked)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the marks again in other colors, or another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setIconSize(mark_size())
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            for index, tone in enumerate(self.tones):
                if not self.tabIcon(index).isNull():
                    self.setTabIcon(index, mark_icon(tone, self.palette()))
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the titles as there is room for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Underline the current step: its background alone is hard to see, above all in dark mode."""
        super().paintEvent(event)
        if not self.hasFocus():  # the ring is around it then
            here = self.tabRect(self.currentIndex())
            here.setTop(here.bottom() - LINE + 1)
            QPainter(self).fillRect(here, self.palette().color(QPalette.ColorRole.Highlight))

    def _mark(self, index: int, tones: list[Tone], *, is_asked: bool) -> None:
        tone = min(tones, key=lambda each: each.rank, default=Tone.UNKNOWN if is_asked else Tone.GOOD)
        if self._counts[index] == len(tones) and self.tones[index] is tone:
            return
        self._counts[index], self.tones[index] = len(tones), tone
        self.setTabIcon(index, mark_icon(tone, self.palette()))
        said = f"{len(tones)} to review, the most severe: {tone.value}" if tones else tone.value
        self.setAccessibleTabName(index, f"Step {self._whole(index)}: {said}")
        self.setTabToolTip(index, f"{self._titles[index]}: {said} (Ctrl+{index + 1})")
        self._fit()

    def _fit(self) -> None:
        """Show whole titles, else only that of the current step, else numbers alone."""
        places = range(self.count())
        plain = [f"{index + 1} {self._titles[index]}" for index in places]
        whole, bare = [self._whole(index) for index in places], [str(index + 1) for index in places]
        here = self.currentIndex()
        wanted = whole
        for own, others in ((whole, whole), (whole, plain), (whole, bare), (plain, bare), (bare, bare)):
            wanted = [own[index] if index == here else others[index] for index in places]
            if self._width(wanted) <= self.width():
                break
        for index, text in enumerate(wanted):
            if self.tabText(index) != text:
                self.setTabText(index, text)

    def _width(self, texts: Sequence[str]) -> int:
        """Return how wide the tabs are with these texts."""
        letters = self.fontMetrics()
        around = (
            self.tabSizeHint(index).width() - _advance(letters, self.tabText(index)) for index in range(len(texts))
        )
        return sum(around) + sum(_advance(letters, text) for text in texts)

    def _whole(self, index: int) -> str:
        count = self._counts[index]
        return f"{index + 1} {self._titles[index]}" + (f"  {count}" if count else "")


def _advance(letters: QFontMetrics, text: str) -> int:
    return letters.size(Qt.TextFlag.TextShowMnemonic, text).width()
