"""How the window is laid out: its panes and bars, and the actions that fill its menus."""
