"""The site: pages, JSON, links and citations, as text that the pipeline writes."""
