"""Care for a built site: what readers, machines and hosts would stumble over."""
