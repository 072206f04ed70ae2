"""The demonstration shop's pictures: drawn as SVG by these modules, kept as WebP."""
