"""The networks of the far end, one module or package each. A new one is a package and a line in `table`."""
