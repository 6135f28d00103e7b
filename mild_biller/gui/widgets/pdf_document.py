"""Open the bytes of a PDF for Qt to draw or print."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject
from PySide6.QtPdf import QPdfDocument


def document_of(content: bytes, *, owner: QObject) -> tuple[QPdfDocument, QBuffer]:
    """Return a PDF as a document, and the buffer it reads from; both belong to the owner."""
    document, buffer = QPdfDocument(owner), QBuffer(owner)
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document, buffer
