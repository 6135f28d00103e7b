"""The filled claim form as PDF, and the printed test page that calibrates a printer.

calibration.py        from ruler readings to nudge and scale
form_drawing.py       our own drawing of a form
printer_test_page.py  crosses and scales to measure with a ruler
render.py             a filled form as PDF
"""
