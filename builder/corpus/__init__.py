"""Reading: the folder of images and what is known of each."""
