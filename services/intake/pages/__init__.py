"""The screens of intake, by noun."""
