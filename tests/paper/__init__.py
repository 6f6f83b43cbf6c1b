"""Sheets as a reader opens them."""
