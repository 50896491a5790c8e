"""Which cell is wrong: the smallest changes after which every relation holds, and the human slip they look like."""
