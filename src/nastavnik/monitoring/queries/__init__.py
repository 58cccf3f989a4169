"""What the screens of monitoring read."""
