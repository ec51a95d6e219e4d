"""One module per upstream: what was fetched or tracked becomes readings and facts in the store."""
