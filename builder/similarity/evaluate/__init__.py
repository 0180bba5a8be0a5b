"""How good a view is: its rankings held against what is known to show the same."""
