"""An attached PDF made harmless: read without trust, flattened, on letter-size pages of a new file.

allowlist.py          what a page of an attached PDF may keep
appearances.py        draws fields and markup that have no appearance of their own
clean_pdf.py          an attached PDF made harmless
drawing_names.py      which resources and letters one drawing uses
field_appearance.py   how a filled form field looks
hidden_layers.py      removes what the layers of a PDF hide
markup_appearance.py  how highlights, lines, notes and stamps look
pdf_values.py         annotation values read without trust
resource_lists.py     lists of resources, cut down to what is used
used_resources.py     what the chosen pages draw with; the rest is left out
visible_area.py       the part of a page that a viewer shows
"""
