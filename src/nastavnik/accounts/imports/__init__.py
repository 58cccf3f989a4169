"""Lists of people that somebody pastes: lines understood, then compared with what is there."""
