"""The explorer in numbers, beside the plainest honest viewer in the same browser and run."""
