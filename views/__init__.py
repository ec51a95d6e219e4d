"""Everything a visitor sees: text, components, drawings, charts, and the surfaces made of them."""
