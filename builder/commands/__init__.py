"""What the commands do besides building, one module a command."""
