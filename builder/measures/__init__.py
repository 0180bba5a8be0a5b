"""Numbers on images, and which of them are blanks, blocks of text or other false detections."""
