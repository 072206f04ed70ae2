MOST_OF_ONE = 9_999
"""The highest quantity of one line."""
