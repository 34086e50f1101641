"""Reports: what a stretch of the journal adds up to. One reading of it stands behind every card, table and CSV."""
