"""The doors that every other door stands behind: who calls, may they, and has this been asked before."""
