"""What the menus do.

book_commands.py      keep and choose entries of the office's books
file_commands.py      new, open, save, export, print
help_menu.py          the Help menu and its page
worklist_commands.py  choose, show and search the work folder
"""
