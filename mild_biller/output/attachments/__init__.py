"""Attached files made harmless: PDF, PNG, JPEG and TIFF as upright letter-size pages.

attached_file.py     one attached file made into harmless letter-size pages, or refused
attached_pdf/        an attached PDF made harmless
case_attachments.py  all attachments of a case, read and prepared
enclosure.py         a prepared attachment and its place in the case
images.py            PNG, JPEG and TIFF pictures on letter-size pages
jpeg.py              a JPEG without its metadata
page_choice.py       which pages of an attached file are used
"""
