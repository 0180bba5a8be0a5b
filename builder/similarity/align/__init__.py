"""One drawing laid over another: a map from picture to picture, and whether chance would do it."""
