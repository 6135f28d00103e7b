"""The prior-authorization request: checklist, attached files, letters, the packet.

attached_files.py     attached files prepared in the background
attachment_list.py    the attached files as rows
checklist.py          the packet's checklist
letter_paragraphs.py  one paragraph of a letter: edit or read
letters_view.py       the letters and notices
packet_desk.py        packet and letters of the present case, filled once per review
packet_view.py        the packet: pages, password, export
unprintable.py        what a letter cannot print of the typed words
"""
