"""The rules and the forms: plain Python, no window, no files, no clock."""
