"""One PSP a file; the only importers of a PSP's SDK."""
