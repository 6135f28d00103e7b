"""Bytes out: each library that writes a file has one door here.

attachments/     attached files made harmless
claim_form/      the filled claim form as PDF, and the printed test page that calibrates a printer
documents/       letters and packets as PDF
fonts.py         the bundled fonts for PDF
letter_sheet.py  the letter-size sheet, and how a page or picture is placed on it
lettering.py     text in the bundled fonts: line breaks, fitting a box
"""
