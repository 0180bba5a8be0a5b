"""What IIIF documents of others say: manifests, collections and image services. No network here."""
