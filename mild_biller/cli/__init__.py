"""The command line.

command_line.py  the parser, the verbs on a claim, and the exit status
documents.py     the verbs `packet` and `letter`
arguments.py     what every verb takes, reads, and says
"""
