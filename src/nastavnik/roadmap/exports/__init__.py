"""What leaves the roadmap as files: tables of assignments, the plan as an official paper."""
