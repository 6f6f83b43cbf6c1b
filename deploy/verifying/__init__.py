"""What `tsunagu verify` looks at: the stores themselves, and the figures counted from them."""
