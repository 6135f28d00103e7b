"""Mild Biller: coverage checks and claim forms for the mild procedure."""

__version__ = "0.1.0"
