"""Every exception the program raises on purpose.

MildBillerError            one plain sentence: what happened, what to do
├── CaseFileError          a case file that cannot be used
├── ResourceError          a data file under resources/ that breaks its promise
├── TableError             a table of the office that cannot be read
├── OutputError            a file that could not be written; nothing was written
├── AttachmentError        an attached file that cannot go into a packet
│   └── PasswordNeeded     one that only its password opens
├── Canceled              work that the user stopped; nothing was written
└── FormError              a box that no form has: a mistake in the program
"""


class MildBillerError(Exception):
    """One line: what happened and what to do next."""


class CaseFileError(MildBillerError):
    """Refuse a case file: not JSON, an unknown key, a wrong type, a newer format."""


class ResourceError(MildBillerError):
    """Refuse a data file: an unknown key, a name that leads nowhere, a missing source."""


class TableError(MildBillerError):
    """Refuse a table of addresses or charges as a whole: not text, no heading, a column nobody knows."""


class OutputError(MildBillerError):
    """A file could not be written; what was there before is untouched."""


class AttachmentError(MildBillerError):
    """Refuse an attached file: its name, why, and what to do."""


class PasswordNeeded(AttachmentError):
    """Refuse an attached file until the user enters its password."""


class Canceled(MildBillerError):
    """The user stopped the work."""


class FormError(MildBillerError):
    """A form has no such box, or cannot be printed at all."""
