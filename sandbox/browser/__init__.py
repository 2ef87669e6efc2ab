"""The browser page's server: what one person sees, kept current, and what is done on the page."""
