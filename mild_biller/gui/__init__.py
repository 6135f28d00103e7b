"""The window: the only package that imports Qt. It shows and edits; what is billed is decided in the core.

app.py          puts everything together: rules, window, recovery, settings
application.py  the QApplication with name, icon and first colors
books/          the office's books
case_editor.py  the case being edited: review, file, undo
claim_preview/  the claim form as it will print
commands/       what the menus do
dialogs.py      the only module that opens dialogs
fields/         fields bound to the case
findings/       the panel next to the steps
pages/          the steps of a case, a page each, and the parts of a page
request/        the prior-authorization request
safety/         what protects the work
settings/       what an office sets once, and how the window follows it
start.py        from the first call to a painted frame
style/          fonts, colors and marks
tasks.py        the only way to work off the UI thread
widgets/        widgets that know nothing of a case
window/         the main window, its frame and its steps
worklist/       the worklist at the left
"""

from mild_biller.gui.safety.py311_refcounts import make_lasting

make_lasting()
