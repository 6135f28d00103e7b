"""The steps of a case, a page each."""
