"""Letters and packets as PDF.

assembly.py        front pages and attachments in one PDF: numbers, bookmarks, links
divider.py         divider sheets and page numbers
front_pages.py     cover, contents, checklist, statement, summary
letter_pdf.py      a letter as PDF
own_form.py        the office's copy of a government form, filled
packet_pdf.py      a packet as one PDF
page_style.py      fonts, sizes and tables of our own pages
page_targets.py    page numbers and links to places on laid-out pages
password.py        passwords as PDF viewers compare them
timeline_chart.py  the timeline as a drawing
"""
