"""What an office sets once, and how the window follows it.

settings_controller.py  keeps the settings and applies changes
settings_form.py        every setting as a field
"""
