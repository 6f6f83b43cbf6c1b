"""One module per command of `./tsunagu`."""
