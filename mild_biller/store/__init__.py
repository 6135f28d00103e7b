"""Cases kept: read, written whole or not at all.

address_book.py  the office's payers, providers, clinicians, facilities
attached_paths.py  where attached files are, relative to the case file
case_file.py     read and write a case file; every refusal is one line
case_folder.py   a folder of case files as a worklist
charge_list.py   the office's charges by code and date
drafts.py        the unsaved case, kept for recovery after a crash
folder_library.py  case files as a library
library.py       what the window asks of the place where cases are kept
localities.py    a user's table of Medicare localities
migrations.py    formats of kept files, and the steps from an older one to this program's
printed.py       which case files were printed, and when
table.py         CSV tables as spreadsheets write them
unread.py        typed text that could not be read yet
"""
