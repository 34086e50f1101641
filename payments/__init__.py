"""The debt and every try to pay it, through any PSP."""
