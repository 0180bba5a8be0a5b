"""Sources laid side by side: which image answers which, in page order."""
