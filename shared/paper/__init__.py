"""Official sheets on paper: one description, printed as PDF and written as Excel."""
