"""What each command does: one function a command, two or three lines over the desk. ``table`` joins them."""
