"""What a control is for, where its name does not say it: a tip for the mouse, a description for screen readers."""

from PySide6.QtWidgets import QWidget


def explain(control: QWidget, text: str) -> None:
    """Show in a line what a control is for or does."""
    if control.accessibleDescription() != text:
        control.setAccessibleDescription(text)
        control.setToolTip(text)
