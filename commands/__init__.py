"""The commands of `chuyenhoa`, one module each: `cli.py` reads the line that was typed and calls them."""
