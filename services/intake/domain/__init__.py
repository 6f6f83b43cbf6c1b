"""What a counter decides: pure functions, no input or output."""
