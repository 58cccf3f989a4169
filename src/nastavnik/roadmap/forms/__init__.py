"""Input of the roadmap, by screen."""
