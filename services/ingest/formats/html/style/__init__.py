"""CSS, as far as it decides what a person sees: style sheets parsed (tinycss2), their rules matched with a page's
elements (lexbor) in the order of the cascade, and what follows for the text of an element."""
