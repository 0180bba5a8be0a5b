"""Places: where each image lies on a map, a grid or an island."""
