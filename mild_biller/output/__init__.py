"""Bytes out: each library that writes a file has one door here."""
