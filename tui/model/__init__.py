"""Value types of the domain: papers, marks, edits, changes. Imports no other package and does no input or output."""
