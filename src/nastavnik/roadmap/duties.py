"""What waits for a person in the roadmap."""
