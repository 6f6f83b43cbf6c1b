"""What 多機関協働 decides: pure rules, one module per noun."""
