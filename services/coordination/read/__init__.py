"""What coordination keeps in tables: one module per list."""
