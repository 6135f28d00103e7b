"""What is shown, in words, rows and places: everything of the window that needs no Qt.

checklist_rows.py   the packet's checklist as rows
claim/              the claim and its boxes, in words
denial_fields.py    fields of a denial
field.py            a field as data: label, kind, key
findings/           findings and what would settle them, as rows and texts
font_names.py       names of the bundled fonts
help_text.py        the texts of the Help menu
history.py          undo and redo as earlier cases
labels.py           the words shown for the words of a case file
long_words.py       long and unprintable words as labels can show them
lookback_layout.py  the look-back laid out: scale, ticks, labels
lookback_text.py    the look-back in words
provider_fields.py  fields of payers, providers, clinicians
question_fields.py  the field a question of the pack is answered in
tone.py             how a thing is marked: shape, color, word
typed_text.py       typed text read as a value, and values shown as text
worklist_rows.py    case files as rows of the worklist
"""
