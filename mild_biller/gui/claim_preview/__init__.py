"""The claim form as it will print: its pages, its boxes, printing.

box_list.py    the boxes of the claim as a list
box_view.py    the PDF with boxes that answer to the mouse
calibrate.py   calibrate a printer with a test page and a ruler
preview.py     the filled form: pages, zoom, export, print
printing.py    a PDF on paper at its true size
sent_marks.py  notes which case was printed or exported
"""
