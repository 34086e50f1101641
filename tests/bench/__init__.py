"""What safety costs: our primitives beside the barest code that stores or reads the same."""
