"""What a person sees in the cells of a page, measured in a real browser, against what gouji reads there."""
