"""The vocabulary: papers, marks, changes. Pure values; imports nothing of ours and does no input or output."""
