"""Cases kept: read, written whole or not at all.

address_book.py  the office's payers, providers, clinicians, facilities
case_file.py     read and write a case file; every refusal is one line
case_folder.py   a folder of case files as a worklist
charge_list.py   the office's charges by code and date
drafts.py        the unsaved case, kept for recovery after a crash
localities.py    a user's table of Medicare localities
printed.py       which case files were printed, and when
table.py         CSV tables as spreadsheets write them
unread.py        typed text that could not be read yet
"""
