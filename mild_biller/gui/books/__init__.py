"""The office's books: addresses and charges, to choose from and to look through.

book_form.py     look through and edit the address book
books.py         address book and charge list as the window uses them
charges.py       proposes the office's charges, and shows where the claim differs
entry_fields.py  one entry of the address book as fields
finder.py        find an entry by typing its name
table_forms.py   the books as tables, and the preview of an import
"""
