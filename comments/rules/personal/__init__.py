"""What leads to a person, found in a folded text (`articles.arabic.fold`). Leaves.

Each `find` answers spans of the folded text.
"""
