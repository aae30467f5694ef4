"""What all windows share: actions, background work, controls, words."""
