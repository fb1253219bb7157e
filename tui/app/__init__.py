"""The screen: one of the two front ends. It shows what the session returns, and makes every change through it.

No module here reads or writes the store, a source or an export itself.
"""
